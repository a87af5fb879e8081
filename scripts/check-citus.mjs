/**
 * Walks the path to several servers in docs/scaling.md on a cluster of its own: a coordinator and two workers, with the
 * statements of the guide. There, reports must equal those of a single server before and after the table is partitioned,
 * an import must be repeatable, and a worker that does not answer must hold up its own organizations only.
 *
 * Run it before you trust a version of Citus; it takes less than two minutes. Without a PostgreSQL with Citus on this machine,
 * it says so and checks nothing. The last line counts the checks.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '../dist/auth/issue-token.js';
import { readAddress } from '../bench/printed-address.mjs';
import { CitusServer, findCitus } from './citus-check/citus-server.mjs';
import { check, summarize } from './package-check/check.mjs';
import { PROJECT, run } from './package-check/run.mjs';

const ORGANIZATIONS = Array.from({ length: 12 }, (_, index) => `org-${index}`);
const MESSAGES_PER_ORGANIZATION = 2_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');
const RANGE = 'startDate=2026-01-01&endDate=2026-03-31';
const SECRET = 'a secret for the check of a cluster only';
const [CREATE, JOIN, DISTRIBUTE] = sqlOf('Several servers');

const programs = findCitus();
if (programs === undefined) {
  console.log('The check of a Citus cluster is left out: there is no PostgreSQL with Citus on this machine.');
} else {
  await walk(programs);
}
process.exitCode = summarize() ? 0 : 1;

async function walk(programs) {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-citus-'));
  const opened = [];
  try {
    const settings = Object.fromEntries(settingsOf('Several servers'));
    for (const name of ['coordinator', 'worker-1', 'worker-2']) {
      opened.push(await CitusServer.start(programs, name, settings));
    }
    await checkPath(opened, folder);
  } finally {
    await Promise.all(opened.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
  }
}

async function checkPath([coordinator, ...workers], folder) {
  const [chat, single] = [coordinator.url('chat'), coordinator.url('single')];
  const file = join(folder, 'messages.csv');
  writeFileSync(file, generateMessages());
  const isReady = await check('the cluster is set up', async () => {
    const [createDatabase, ...inDatabase] = CREATE.replace('\\c chat\n', '').split(';\n');
    for (const server of [coordinator, ...workers]) {
      await server.query('postgres', createDatabase);
      for (const statement of inDatabase.filter(Boolean)) await server.query('chat', statement);
    }
    await coordinator.query('chat', forCluster(JOIN, coordinator, workers));
  });
  if (!isReady) return;
  await check('a worker is refused, and nothing is created there', async () => {
    await assert.rejects(command('migrate', [], workers[0].url('chat')), ({ stderr }) => /coordinator/.test(stderr));
    assert.deepEqual(
      await workers[0].query('chat', `select relname from pg_class where relname ~ 'migrations|messages'`),
      [],
    );
  });
  await check('the messages are distributed', async () => {
    await command('migrate', [], chat);
    await coordinator.query('chat', DISTRIBUTE);
    await coordinator.query('postgres', 'create database single');
    await command('migrate', [], single);
  });
  await check('an import adds each message once', async () => {
    const count = ORGANIZATIONS.length * MESSAGES_PER_ORGANIZATION;
    for (const url of [chat, single])
      assert.match(await command('import', [file], url), new RegExp(`${format(count)} added`));
    assert.match(await command('import', [file], chat), / 0 added/);
  });
  await withServers([chat, single], async (ofCluster, ofSingle) => {
    const answersAreEqual = async () => {
      for (const organization of ORGANIZATIONS) {
        for (const below of [`?${RANGE}`, `/breakdown?${RANGE}`, `?${RANGE}&channel=web`]) {
          const [found, expected] = [await ofCluster(organization, below), await ofSingle(organization, below)];
          assert.equal(expected.status, 200);
          assert.deepEqual(found, expected);
        }
      }
    };
    await check('reports equal those of a single server', answersAreEqual);
    await check('the distributed table is partitioned', () => command('partition', [], chat));
    await check('reports still equal those of a single server', answersAreEqual);
    await check('a second import still adds nothing', async () =>
      assert.match(await command('import', [file], chat), / 0 added/),
    );
    await check('a worker that does not answer holds up its own organizations only', () =>
      checkFrozenWorker(coordinator, workers[0], ofCluster),
    );
    await check('reports are right again once it answers', answersAreEqual);
  });
}

async function checkFrozenWorker(coordinator, worker, ask) {
  const shards = await coordinator.query(
    'chat',
    `select organization, nodeport from unnest($1::text[]) organization
     join citus_shards on shardid = get_shard_id_for_distribution_column('messages', organization)`,
    [ORGANIZATIONS],
  );
  const isStuck = ({ nodeport }) => nodeport === worker.port;
  const stuck = shards.filter(isStuck).map(({ organization }) => organization);
  const others = shards.filter((shard) => !isStuck(shard)).map(({ organization }) => organization);
  assert.ok(stuck.length > 0 && others.length > 0);
  worker.freeze(true);
  try {
    await Promise.all(stuck.map((organization) => ask(organization, `?${RANGE}`)));
    const waiting = Array.from({ length: 10 }, (_, index) => ask(stuck[index % stuck.length], `?${RANGE}`));
    for (const organization of others) assert.equal((await ask(organization, `?${RANGE}`)).status, 200);
    for (const { status } of await Promise.all(waiting)) assert.ok([429, 503].includes(status), `status ${status}`);
  } finally {
    worker.freeze(false);
  }
}

/** Serves reports on each database while `work` asks for them. */
async function withServers(urls, work) {
  const settings = {
    PORT: '0',
    JWT_SECRET: SECRET,
    STATEMENT_TIMEOUT_MS: '5000',
    RATE_LIMIT_PER_ADDRESS: '0',
    RATE_LIMIT_PER_TOKEN: '0',
  };
  const options = (DATABASE_URL) => ({ cwd: PROJECT, env: { ...process.env, ...settings, DATABASE_URL } });
  const servers = urls.map((url) => spawn('node', ['dist/main.js'], options(url)));
  try {
    const addresses = await Promise.all(servers.map(readAddress));
    const askers = addresses.map((address) => async (organization, below) => {
      const url = `${address}/backend/reports/${organization}/chats/availability${below}`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${tokenFor(organization)}` } });
      return { status: answer.status, body: await answer.json() };
    });
    await work(...askers);
  } finally {
    for (const server of servers) server.kill('SIGKILL');
    await Promise.all(servers.map((server) => server.exitCode === null && once(server, 'exit')));
  }
}

/** Each organization has a principal of its own, who shares no limit with others. */
function tokenFor(organization) {
  return issueToken({ secret: SECRET }, { organizationIds: [organization] });
}

function command(name, parameters, DATABASE_URL) {
  return run(PROJECT, 'node', [`dist/commands/${name}.js`, ...parameters], { DATABASE_URL });
}

/** Three months of messages, some minutes apart. */
function generateMessages() {
  const rows = ORGANIZATIONS.flatMap((organization, one) => {
    let at = START_MS;
    return Array.from({ length: MESSAGES_PER_ORGANIZATION }, (_, index) => {
      at += ((index * 7_919 + one * 104_729) % 120) * 60_000;
      return `${organization},${index % 3 === 0 ? 'web' : 'mail'},session-${index % 50},${new Date(at).toISOString()}`;
    });
  });
  return ['organization_id,channel,session_id,created_at', ...rows, ''].join('\n');
}

function sqlOf(section) {
  return blocksOf(section, 'sql');
}

function settingsOf(section) {
  const [text] = blocksOf(section, 'ini');
  return [...text.matchAll(/^(\S+) = '(.*)'$/gm)].map(([, name, value]) => [name, value]);
}

/** The blocks of a section of the guide, without the indentation of the list that they are in. */
function blocksOf(section, form) {
  const guide = readFileSync(join(PROJECT, 'docs/scaling.md'), 'utf8');
  const text = guide.split(`\n## ${section}\n`)[1].split('\n## ')[0];
  const blocks = text.matchAll(new RegExp(`^ *\`\`\`${form}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm'));
  return [...blocks].map(([, block]) => block.replace(/^ +/gm, ''));
}

/** The statements of the guide, with the addresses of these servers. */
function forCluster(statements, coordinator, workers) {
  return [coordinator, ...workers].reduce(
    (text, { port }, index) =>
      text.replace(`'${['coordinator', 'worker-1', 'worker-2'][index]}', 5432`, `'127.0.0.1', ${port}`),
    statements,
  );
}

function format(count) {
  return count.toLocaleString('en');
}
