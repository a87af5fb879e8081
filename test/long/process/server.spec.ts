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
import { promisify } from 'node:util';
import { Client } from 'pg';
import { makeDataDirectory } from '../../../src/embedded-postgres/data-directory';
import { eventually } from '../../support/eventually';
import { type Command, ENDLESS_WAITS, NPM_START, PROJECT, runCommand, ServerProcess } from '../../support/run';
import { executeOn, urlOfEmbedded } from '../../support/server';

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

describe('a server on the embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-start-'));
  const data = join(folder, 'data');
  const env = { DATA_DIR: data };
  const started: ServerProcess[] = [];
  let firstOutput: string;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    const server = await ServerProcess.ready(env);
    firstOutput = server.output;
    await stop(server);
  });
  afterEach(() => {
    for (const server of started.splice(0)) tryTo(() => server.killGroup('SIGKILL'));
  });
  afterAll(() => {
    for (const pid of processes()) tryTo(() => process.kill(pid, 'SIGKILL'));
    rmSync(folder, { recursive: true });
  });

  async function start(command?: Command): Promise<ServerProcess> {
    const server = await ServerProcess.ready(env, command);
    started.push(server);
    return server;
  }

  /** Sends SIGTERM to the program, as a supervisor does, and checks that nothing is left. */
  async function stop(server: ServerProcess): Promise<void> {
    server.kill('SIGTERM');
    await server.exit;
    await allGone(server);
  }

  async function crash(server: ServerProcess): Promise<void> {
    server.killGroup('SIGKILL');
    await server.exit;
  }

  function allGone(server: ServerProcess): Promise<void> {
    return eventually(() => {
      expect(processes()).toEqual([]);
      expect(server.isGroupAlive).toBe(false);
    });
  }

  /** Waits for the right answer; until then, the server must say that it has none. */
  async function comesBack(server: ServerProcess): Promise<void> {
    const answer = await eventually(async () => {
      const body = await paste(server);
      expect(body).not.toMatchObject({ statusCode: 503 });
      return body;
    });
    expect(answer).toEqual(PUBLISHED);
  }

  /** Processes of this data directory: PostgreSQL, and the servers on it. */
  function processes(): number[] {
    const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
    return lines
      .filter((line) => line.includes(join(data, 'postgres')))
      .map((line) => Number(line.trim().split(' ')[0]));
  }

  /** Runs the request that the server has printed, unchanged. */
  async function paste(server: ServerProcess): Promise<unknown> {
    const command = /curl -H (.|\n)*'$/m.exec(server.output)![0];
    return JSON.parse((await promisify(execFile)('sh', ['-c', command.replace('curl', 'curl -sS')])).stdout);
  }

  async function importOne(session: string): Promise<void> {
    const outcome = await runCommand('import', ['-'], env, `${MESSAGES}acme,web,${session},2024-01-01T00:00:00Z\n`);
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toContain('1 added, 0 already there');
  }

  async function reimported(session: string): Promise<string> {
    return (await runCommand('import', ['-'], env, `${MESSAGES}acme,web,${session},2024-01-01T00:00:00Z\n`)).stdout;
  }

  /** Removes a file or folder from the data directory for as long as the work takes, however it ends. */
  async function without<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const path = join(data, name);
    renameSync(path, `${path}.away`);
    return work().finally(() => renameSync(`${path}.away`, path));
  }

  it('loads the sample into an empty database only', async () => {
    expect(firstOutput).toContain('sample');
    const server = await start();
    expect(server.output).not.toContain('sample');
    await stop(server);
  });

  describe('that runs', () => {
    let server: ServerProcess;

    beforeAll(async () => {
      server = await ServerProcess.ready(env, NPM_START);
    });
    afterAll(() => stop(server));

    it('answers the published request, which it prints ready to paste', async () => {
      expect(await paste(server)).toEqual(PUBLISHED);
    });

    it('keeps its secrets to its owner, and PostgreSQL to the account that can reach its socket and knows the password', async () => {
      for (const secret of ['postgres-password', 'jwt-secret']) {
        expect(statSync(join(data, secret)).mode & 0o777).toBe(0o600);
        expect(readFileSync(join(data, secret), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
      }
      expect(statSync(join(data, 'postgres')).mode & 0o777).toBe(0o700);
      expect(await executeOn(urlOfEmbedded(data), 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
      const stranger = await runCommand('migrate', [], {
        DATABASE_URL: urlOfEmbedded(data, 'guess'),
      });
      expect(stranger).toMatchObject({
        code: 1,
        stderr: 'error: DATABASE_URL: password authentication failed for user "chat_reports"\n',
      });
    });

    it('keeps another server from its data directory, which says so in one line', async () => {
      const second = new ServerProcess(env);
      expect(await second.exit).toBe(1);
      expect(second.output).toContain(`error: A server is already running on the data directory ${data}\n`);
      expect(await paste(server)).toEqual(PUBLISHED);
    });

    it('shares its data directory with commands, by whatever path they call it', async () => {
      const link = join(folder, 'link');
      symlinkSync(folder, link);
      const { stdout } = await runCommand('migrate', [], { DATA_DIR: join(link, 'data') });
      expect(stdout).toBe('The schema is up to date.\n');
      expect(await paste(server)).toEqual(PUBLISHED);
    });

    it('keeps another server from its port, which says so in one line', async () => {
      const other = new ServerProcess({
        DATABASE_URL: urlOfEmbedded(data),
        JWT_SECRET: 'a secret for the tests that has 32 bytes and more',
        PORT: new URL(server.address).port,
      });
      expect(await other.exit).toBe(1);
      expect(other.output.trim().split('\n').at(-1)).toMatch(/^error: PORT \d+ is in use on 127.0.0.1: set another$/);
    });
  });

  it('leaves no process behind on Ctrl-C, which reaches npm and the server at once', async () => {
    const server = await start(NPM_START);
    server.killGroup('SIGINT');
    await server.exit;
    await allGone(server);
  });

  it('says in its log why it could not answer', async () => {
    const server = await ServerProcess.ready({ ...env, STATEMENT_TIMEOUT_MS: '1000' });
    started.push(server);
    const { stdout: token } = await runCommand('token', ['--org', 'demo'], env);
    const path = '/backend/reports/demo/chats/availability?startDate=2023-01-01&endDate=2023-12-31';
    const lock = new Client(urlOfEmbedded(data));
    await lock.connect();
    await lock.query('begin; lock table messages in access exclusive mode');
    const { status } = await fetch(server.address + path, { headers: { authorization: `Bearer ${token.trim()}` } });
    await lock.end();
    expect(status).toBe(503);
    await server.untilSaid(
      'within the time limit of the database: try a shorter range: error: canceling statement due to statement timeout',
    );
    expect(server.output).not.toContain(token.trim());
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

  describe('that crashes', () => {
    let server: ServerProcess | undefined;

    /** Each test leaves a server to the next one. */
    beforeEach(async () => {
      if (!server?.isGroupAlive) server = await ServerProcess.ready(env);
    });
    afterAll(() => stop(server!));

    it('starts after a kill -9 of node, on the PostgreSQL that was left running, with all messages', async () => {
      await importOne('before-crash-of-node');
      await crash(server!);
      expect(processes().length).toBeGreaterThan(0);

      server = await ServerProcess.ready(env);
      expect(await reimported('before-crash-of-node')).toContain('0 added, 1 already there');
    });

    it('starts after a kill -9 of node and PostgreSQL, with all messages', async () => {
      await importOne('before-crash-of-both');
      await crash(server!);
      for (const pid of processes()) process.kill(pid, 'SIGKILL');

      server = await ServerProcess.ready(env);
      expect(await reimported('before-crash-of-both')).toContain('0 added, 1 already there');
      expect(await paste(server)).toEqual(PUBLISHED);
    });

    it('starts PostgreSQL again when it crashes, on the same address, and stays the one server', async () => {
      for (const pid of processes()) tryTo(() => process.kill(pid, 'SIGKILL'));
      await comesBack(server!);
      const second = new ServerProcess(env);
      expect(await second.exit).toBe(1);
    });

    it('survives the crash of one process of PostgreSQL and a command after it', async () => {
      const [postmaster] = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n');
      const children = execFileSync('ps', ['-o', 'pid=', '--ppid', postmaster!], { encoding: 'utf8' });
      process.kill(Number(children.trim().split(/\s+/)[0]), 'SIGKILL');
      await runCommand('migrate', [], env);
      await comesBack(server!);
    });
  });

  it('starts PostgreSQL while another process still stops it, which does not wait for the new one', async () => {
    const script = join(PROJECT, 'test/support/restart-while-stopping.js');
    const { stdout } = await promisify(execFile)('node', [script, join(folder, 'restarted'), '5']);
    expect(stdout).toBe('started 6 times\n');
  });

  it('stops without waiting for a PostgreSQL that cannot be started again', async () => {
    const server = await start(ENDLESS_WAITS);
    await without('postgres', async () => {
      for (const pid of processes()) process.kill(pid, 'SIGKILL');
      await server.untilSaid('The embedded PostgreSQL does not start');
      server.kill('SIGTERM');
      expect(await server.exit).toBe(0);
    });
  });

  it('leaves the permissions of an existing folder alone', () => {
    const shared = join(folder, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    makeDataDirectory(shared);
    expect(statSync(shared).mode & 0o777).toBe(0o777);
  });

  it('says so when the password of the database is gone, and does not touch it', async () => {
    const { code, stderr } = await without('postgres-password', () => runCommand('migrate', [], env));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: ${join(data, 'postgres-password')} is missing: the database cannot be opened without it\n`,
    });
    expect(processes()).toEqual([]);
  });

  it('starts although another process now has the ID of a crashed PostgreSQL', async () => {
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
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Applied: CreateMessages1700000000000, .*\n$/) as string,
    });
    const used = makeDataDirectory(setting.DATA_DIR).path;
    expect(statSync(join(used, 'postgres')).mode & 0o777).toBe(0o700);
    rmSync(used, { recursive: true });
  });

  it('says in one line what is wrong with a setting', async () => {
    const server = new ServerProcess({ ...env, PORT: 'http' });
    expect(await server.exit).toBe(1);
    expect(server.output).toContain('error: PORT must be a whole number from 0 to 65535, not "http"\n');
  });
});

function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // The process has ended already.
  }
}
