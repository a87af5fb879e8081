import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeDataDirectory } from '../../src/database/data-directory';
import { NpmStart, runCommand } from '../support/run';

const PUBLISHED = {
  availability_percentage: 99.89919351075027,
  down_times: [
    {
      start_time: '2023-01-15T10:30:00Z',
      end_time: '2023-01-15T11:00:00Z',
      duration: 1_800_000,
      session_id: 'session123',
    },
    {
      start_time: '2023-01-20T14:45:00Z',
      end_time: '2023-01-20T15:00:00Z',
      duration: 900_000,
      session_id: 'session456',
    },
  ],
  total_down_time: 2_700_000,
  total_time: 2_678_399_000,
};
const MESSAGES = 'organization_id,channel,session_id,created_at\n';

describe('npm start on the embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-start-'));
  const data = join(folder, 'data');
  const env = { DATA_DIR: data };
  const started: NpmStart[] = [];

  beforeAll(() => {
    chmodSync(folder, 0o755);
  });
  afterEach(() => {
    for (const server of started.splice(0)) tryTo(() => server.killGroup('SIGKILL'));
  });
  afterAll(() => {
    for (const pid of processes()) tryTo(() => process.kill(pid, 'SIGKILL'));
    rmSync(folder, { recursive: true });
  });

  async function start(): Promise<NpmStart> {
    const server = await NpmStart.ready(env);
    started.push(server);
    return server;
  }

  /** Sends SIGTERM to npm, as a supervisor does, and checks that nothing is left. */
  async function stop(server: NpmStart): Promise<void> {
    server.kill('SIGTERM');
    await server.exit;
    await allGone(server);
  }

  async function allGone(server: NpmStart): Promise<void> {
    const deadline = Date.now() + 10_000;
    while ((processes().length > 0 || server.isGroupAlive) && Date.now() < deadline) await sleep(50);
    expect(processes()).toEqual([]);
    expect(server.isGroupAlive).toBe(false);
  }

  /** Waits for the right answer; until then the server must say honestly that it has none. */
  async function comesBack(server: NpmStart): Promise<void> {
    const deadline = Date.now() + 20_000;
    let answer = await paste(server);
    while (Date.now() < deadline && (answer as { statusCode?: number }).statusCode === 503) {
      await sleep(100);
      answer = await paste(server);
    }
    expect(answer).toEqual(PUBLISHED);
  }

  /** Processes of this data directory: PostgreSQL, and the servers on it. */
  function processes(): number[] {
    const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
    return lines
      .filter((line) => line.includes(join(data, 'postgres')))
      .map((line) => Number(line.trim().split(' ')[0]));
  }

  /** Runs the request that the server has printed, as it stands. */
  async function paste(server: NpmStart): Promise<unknown> {
    const command = /curl -H (.|\n)*'$/m.exec(server.output)![0];
    return JSON.parse((await promisify(execFile)('sh', ['-c', command.replace('curl', 'curl -sS')])).stdout);
  }

  async function importOne(session: string): Promise<void> {
    const outcome = await runCommand('import', ['-'], env, `${MESSAGES}acme,web,${session},2024-01-01T00:00:00Z\n`);
    expect(outcome).toMatchObject({ code: 0, stdout: '-: 1 messages, 1 added, 0 already there\n' });
  }

  async function reimported(session: string): Promise<string> {
    return (await runCommand('import', ['-'], env, `${MESSAGES}acme,web,${session},2024-01-01T00:00:00Z\n`)).stdout;
  }

  it('answers the published request, which it prints ready to paste', async () => {
    const server = await start();
    expect(await paste(server)).toEqual(PUBLISHED);

    await stop(server);
  });

  it('keeps its secrets to its owner, and PostgreSQL to loopback and those who know the password', async () => {
    const server = await start();
    for (const secret of ['postgres-password', 'jwt-secret']) {
      expect(statSync(join(data, secret)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(data, secret), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    }
    const [, , , port, socketFolder, host] = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n');
    expect({ host, socketFolder }).toEqual({ host: '127.0.0.1', socketFolder: '' });
    const stranger = await runCommand('migrate', [], {
      DATABASE_URL: `postgres://chat_reports:guess@127.0.0.1:${port}/postgres`,
    });
    expect(stranger).toMatchObject({
      code: 1,
      stderr: 'error: password authentication failed for user "chat_reports"\n',
    });
    await stop(server);
  });

  it('leaves no process behind on Ctrl-C, which reaches npm and the server at once', async () => {
    const server = await start();
    server.killGroup('SIGINT');
    await server.exit;
    await allGone(server);
  });

  it('says in its log why it could not answer', async () => {
    const server = await NpmStart.ready({ ...env, STATEMENT_TIMEOUT_MS: '1' });
    started.push(server);
    const { stdout: token } = await runCommand('token', ['--org', 'demo'], env);
    const path = '/backend/reports/demo/chats/availability/breakdown?startDate=2020-01-01&endDate=2030-01-01';
    const { status } = await fetch(server.address + path, { headers: { authorization: `Bearer ${token.trim()}` } });
    expect(status).toBe(503);
    await server.untilSaid('The messages cannot be read at the moment: QueryFailedError: canceling statement');
    expect(server.output).not.toContain(token.trim());
    server.kill('SIGTERM');
    await server.exit;
  });

  it('loads the sample into an empty database only', async () => {
    const server = await start();
    expect(server.output).not.toContain('sample');
    await stop(server);
  });

  it('says in one line that another server has the data directory', async () => {
    const server = await start();
    const second = new NpmStart(env);
    expect(await second.exit).toBe(1);
    expect(second.output).toContain(`error: A server is already running on the data directory ${data}\n`);
    expect(await paste(server)).toEqual(PUBLISHED);
    await stop(server);
  });

  it('shares the database with commands, whoever comes and goes first', async () => {
    await importOne('without-server');
    expect(processes()).toEqual([]);
    const server = await start();
    await importOne('with-server');
    expect(await paste(server)).toEqual(PUBLISHED);
    await stop(server);
    expect(await reimported('with-server')).toContain('0 added, 1 already there');
    expect(processes()).toEqual([]);
  });

  it('starts after a kill -9 of node, on the PostgreSQL that was left running, with all messages', async () => {
    const server = await start();
    await importOne('before-crash-of-node');
    server.killGroup('SIGKILL');
    await server.exit;
    expect(processes().length).toBeGreaterThan(0);

    const next = await start();
    expect(await reimported('before-crash-of-node')).toContain('0 added, 1 already there');
    await stop(next);
  });

  it('starts after a kill -9 of node and PostgreSQL, with all messages', async () => {
    const server = await start();
    await importOne('before-crash-of-both');
    server.killGroup('SIGKILL');
    for (const pid of processes()) process.kill(pid, 'SIGKILL');

    const next = await start();
    expect(await reimported('before-crash-of-both')).toContain('0 added, 1 already there');
    expect(await paste(next)).toEqual(PUBLISHED);
    await stop(next);
  });

  it('starts PostgreSQL again when it crashes, on the same address, and stays the one server', async () => {
    const server = await start();
    for (const pid of processes()) tryTo(() => process.kill(pid, 'SIGKILL'));
    await comesBack(server);
    const second = new NpmStart(env);
    expect(await second.exit).toBe(1);
    await stop(server);
  });

  it('survives the crash of one process of PostgreSQL and a command after it', async () => {
    const server = await start();
    const [postmaster] = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n');
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', postmaster!], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    process.kill(Number(children[0]), 'SIGKILL');
    await runCommand('migrate', [], env);
    await comesBack(server);
    await stop(server);
  });

  it('stops soon also while PostgreSQL cannot be started again', async () => {
    const server = await start();
    renameSync(join(data, 'postgres'), join(data, 'elsewhere'));
    for (const pid of processes()) process.kill(pid, 'SIGKILL');
    await server.untilSaid('The embedded PostgreSQL does not start');
    const startedAt = Date.now();
    server.kill('SIGTERM');
    await server.exit;
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    renameSync(join(data, 'elsewhere'), join(data, 'postgres'));
  });

  it('is one data directory by whatever path it is called', async () => {
    const server = await start();
    const link = join(folder, 'link');
    symlinkSync(folder, link);
    const { stdout } = await runCommand('migrate', [], { DATA_DIR: join(link, 'data') });
    expect(stdout).toBe('The schema is up to date.\n');
    expect(await paste(server)).toEqual(PUBLISHED);
    await stop(server);
  });

  it('leaves the rights of a folder alone that was there before', () => {
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    makeDataDirectory(shared);
    expect(statSync(shared).mode & 0o777).toBe(0o777);
  });

  it('says so when the password of the database is gone, and does not touch it', async () => {
    const password = join(data, 'postgres-password');
    renameSync(password, `${password}.away`);
    const { code, stderr } = await runCommand('migrate', [], env);
    renameSync(`${password}.away`, password);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: ${password} is missing, without which its database is closed\n`,
    });
    expect(processes()).toEqual([]);
  });

  it('says in one line that its port is taken', async () => {
    const server = await start();
    const other = new NpmStart({ DATA_DIR: join(folder, 'other'), PORT: new URL(server.address).port });
    expect(await other.exit).toBe(1);
    expect(other.output.trim().split('\n').at(-1)).toMatch(/^error: PORT \d+ is in use on 127.0.0.1: set another$/);
    await stop(server);
  });

  it('starts although the process id of a crashed PostgreSQL belongs to another process now', async () => {
    const lockFile = join(data, 'postgres/postmaster.pid');
    writeFileSync(lockFile, `${process.pid}\n${data}/postgres\n1\n1\n\n127.0.0.1\n\nready\n`);
    const server = await start();
    await stop(server);
  });

  it('starts from a folder that is closed to everyone else', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const setting = { DATA_DIR: join(closed, 'data') };
    const { code, stdout } = await runCommand('migrate', [], setting);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'The schema is up to date.\n' });
    const used = makeDataDirectory(setting.DATA_DIR).path;
    expect(statSync(join(used, 'postgres')).mode & 0o777).toBe(0o700);
    rmSync(used, { recursive: true });
  });

  it('says in one line what is wrong with a setting', async () => {
    const server = new NpmStart({ ...env, PORT: 'http' });
    expect(await server.exit).toBe(1);
    expect(server.output).toContain('error: PORT must be a whole number from 0 to 65535\n');
  });
});

function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // It has ended already.
  }
}
