import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeDataDirectory } from '../../../src/embedded-postgres/data-directory';
import { FileLock } from '../../../src/embedded-postgres/file-lock';
import { eventually } from '../../support/eventually';
import { freePort } from '../../support/free-port';
import { type Command, NODE, type Outcome, PROJECT, runCommand, ServerProcess, settings } from '../../support/run';

const MESSAGES = 'organization_id,channel,session_id,created_at\n';
const NEW_SCHEMA = /^Applied: CreateMessages1700000000000, .*\n$/;

/**
 * The command that runs a program in a container of its own, as far as processes, networks and shared memory are
 * concerned.
 */
const CONTAINER = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--net', '--ipc'] as const;
const CAN_CONTAIN = succeeds(() => execFileSync(CONTAINER[0], [...CONTAINER.slice(1), 'true'], { stdio: 'ignore' }));
const inContainer: Command = [...CONTAINER, 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh', ...NODE];

describe('a data directory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-directory-'));
  const directories: string[] = [];
  const listeners: Server[] = [];
  const started: ServerProcess[] = [];

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    expect((await migrate(join(folder, 'template'))).stdout).toMatch(NEW_SCHEMA);
  });
  afterEach(async () => {
    for (const server of started.splice(0)) {
      tryTo(() => server.kill('SIGTERM'));
      await server.exit;
    }
    for (const listener of listeners.splice(0)) listener.close();
    for (const directory of directories.splice(0))
      for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }));

  /** A directory of a test's own, on which nothing runs once the test has ended. */
  function directoryFor(name: string): string {
    const directory = join(folder, name);
    directories.push(directory);
    return directory;
  }

  /** A directory of a test's own with an empty database. */
  function databaseFor(name: string): string {
    const directory = directoryFor(name);
    execFileSync('cp', ['-a', makeDataDirectory(join(folder, 'template')).path, directory]);
    return directory;
  }

  function migrate(data: string, env: Record<string, string> = {}): Promise<Outcome> {
    return runCommand('migrate', [], { DATA_DIR: data, ...env });
  }

  /** Listens where a server would, and resolves with what the first client sends after its greeting was answered. */
  function listenAt(address: string | number, answer?: Buffer): Promise<string> {
    return new Promise((resolve) => {
      const listener = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          if (answer) socket.write(answer);
          socket.on('data', (data) => resolve(data.toString('latin1')));
        });
      });
      listeners.push(listener);
      if (typeof address === 'number') listener.listen(address, '127.0.0.1');
      else listener.listen(address);
    });
  }

  if (CAN_CONTAIN) {
    it('has one server and one PostgreSQL, whatever container others run in', async () => {
      const data = databaseFor('containers');
      const server = await ServerProcess.ready({ DATA_DIR: data });
      started.push(server);
      const second = new ServerProcess({ DATA_DIR: data }, inContainer);
      started.push(second);
      const outcome = second.untilSaid('is ready').then(
        () => 'ready',
        () => second.exit,
      );
      expect(await outcome).toBe(1);
      expect(second.output).toContain(`error: A server is already running on the data directory ${data}\n`);
      expect(postmastersOf(data)).toHaveLength(1);
    });
  } else {
    console.log('The test of two containers is left out: this machine does not let unshare make namespaces.');
  }

  it('starts no PostgreSQL while an unreachable one holds the lock, and says so', async () => {
    const data = databaseFor('locked');
    const lock = await FileLock.tryAcquire(join(data, 'postgres.lock'));
    writeFileSync(join(data, 'postgres/postmaster.pid'), `999999\n${data}/postgres\n1\n5432\n.\n\n1 1\nready\n`);
    const { code, stderr } = await migrate(data);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        `^error: PostgreSQL is running on ${data}/postgres, .*: connect ENOENT [^\n]*\n$`,
      ) as string,
    });
    expect(postmastersOf(data)).toEqual([]);
    lock!.close();
  });

  it('reveals the password to nobody who listens on a port', async () => {
    const data = databaseFor('listener');
    const port = await freePort();
    // Authentication request for the password in clear text.
    const said = listenAt(port, Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
    const pidFile = `${process.pid}\n${data}/postgres\n1\n${port}\n\n127.0.0.1\n\nready\n`;
    writeFileSync(join(data, 'postgres/postmaster.pid'), pidFile);
    const outcome = migrate(data);
    expect(await Promise.race([said, outcome])).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
  });

  it('opens although a listener on its socket does not answer', async () => {
    const data = databaseFor('silent');
    void listenAt(join(data, 'postgres/.s.PGSQL.5432'));
    expect(await migrate(data)).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
  });

  it('may have a path that is too long for a socket', async () => {
    const data = directoryFor('long'.repeat(40));
    expect((await migrate(data)).stdout).toMatch(NEW_SCHEMA);
    expect(await migrate(data)).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
  });

  it('may have a name with characters that are special to a shell', async () => {
    const data = directoryFor(`$(touch ${folder}/pwned) \`touch ${folder}/pwned\` ' "`);
    expect((await migrate(data)).stdout).toMatch(NEW_SCHEMA);
    expect(await migrate(data)).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
    expect(readdirSync(folder)).not.toContain('pwned');
    expect(postmastersOf(data)).toEqual([]);
  });

  it('is opened without the settings for another PostgreSQL', async () => {
    const data = directoryFor('variables');
    const others = {
      PGSSLMODE: 'require',
      PGSSLNEGOTIATION: 'direct',
      PGHOST: '192.0.2.1',
      PGPORT: '1',
      PGUSER: 'nobody',
      PGPASSWORD: 'wrong',
      PGDATABASE: 'none',
      PGDATA: '/nonexistent',
      PGOPTIONS: '-c default_transaction_read_only=on',
      PGCLIENT_ENCODING: 'LATIN1',
      PGREPLICATION: 'database',
    };
    expect(await migrate(data, others)).toEqual({
      code: 0,
      stdout: expect.stringMatching(NEW_SCHEMA) as string,
      stderr: '',
    });
  });

  it('is opened however long the log of PostgreSQL has become, and keeps one older log', async () => {
    const data = directoryFor('log');
    const log = join(data, 'postgres/server.log');
    expect((await migrate(data)).stdout).toMatch(NEW_SCHEMA);
    truncateSync(log, 2 ** 30);
    expect(await migrate(data)).toMatchObject({ code: 0, stderr: '' });
    expect([statSync(`${log}.1`).size, statSync(log).size < 100_000]).toEqual([2 ** 30, true]);
  });

  it('says why PostgreSQL does not start, and leaves nothing running', async () => {
    const data = databaseFor('refused');
    writeFileSync(join(data, 'postgres/postgresql.auto.conf'), "wal_level = 'nonsense'\n");
    const { code, stderr } = await migrate(data);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^error: The embedded PostgreSQL does not start: [^\n]*postgresql.auto.conf[^\n]*\n$/,
      ) as string,
    });
    expect(processesOf(data)).toEqual([]);
  });

  it('says so when its password is wrong, and stops the PostgreSQL that was started', async () => {
    const data = databaseFor('password');
    writeFileSync(join(data, 'postgres-password'), 'another');
    expect(await migrate(data)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('password authentication failed for user "chat_reports"') as string,
    });
    expect(processesOf(data)).toEqual([]);
  });

  it('is not opened if it is of another version of PostgreSQL, and says how to move', async () => {
    const data = databaseFor('version');
    writeFileSync(join(data, 'postgres/PG_VERSION'), '17\n');
    expect(await migrate(data)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is a database of PostgreSQL 17, and 18 is installed: export [^\n]*\n$/) as string,
    });
  });

  it('is cleared of files that killed processes have left, but not of those that others are creating', async () => {
    const data = databaseFor('leftovers');
    const ended = spawn('true');
    await once(ended, 'exit');
    const before = readdirSync(data);
    const other = `jwt-secret.${process.pid}`;
    for (const name of ['postgres.#', 'postgres.#.programs']) mkdirSync(join(data, name.replace('#', `${ended.pid}`)));
    for (const name of ['postgres.#.password', 'postgres-password.#', 'jwt-secret.#']) {
      writeFileSync(join(data, name.replace('#', `${ended.pid}`)), '');
    }
    writeFileSync(join(data, other), '');
    expect((await migrate(data)).code).toBe(0);
    expect(readdirSync(data).sort()).toEqual([...before, other].sort());
  });

  it('is released, and PostgreSQL stopped, by a command whose reader has read enough', async () => {
    const data = databaseFor('head');
    // More than fits into a pipe.
    const messages = Array.from({ length: 5_000 }, (_, index) => `acme,web,s${index},2024-01-01T00:00:00Z\n`);
    await runCommand('import', ['-'], { DATA_DIR: data }, MESSAGES + messages.join(''));
    const command = 'node dist/commands/export.js | head -n 1';
    const options = { cwd: PROJECT, env: settings({ DATA_DIR: data }) };
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], options);
    expect(JSON.parse(stdout)).toMatchObject({ organization_id: 'acme' });
    expect(stderr).toBe('');
    await eventually(() => expect(processesOf(data)).toEqual([]));
  });

  it('keeps its messages while several processes open and leave it at once', async () => {
    const data = directoryFor('many');
    const importOne = (session: number) =>
      runCommand('import', ['-'], { DATA_DIR: data }, `${MESSAGES}acme,web,s${session},2024-01-01T00:00:00Z\n`);
    const outcomes = await Promise.all([1, 2, 3, 4].map(importOne));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect((await importOne(2)).stdout).toContain('0 added, 1 already there');
    expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false);
  });
});

/** Processes of PostgreSQL on a data directory, in all containers of this machine. */
function processesOf(directory: string): number[] {
  return postgresOn(directory).map(({ pid }) => pid);
}

/** The servers among them, without the processes that a server has started. */
function postmastersOf(directory: string): number[] {
  return postgresOn(directory).flatMap(({ pid, command }) => (command.includes(' -D ') ? [pid] : []));
}

function postgresOn(directory: string): { pid: number; command: string }[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(join(directory, 'postgres')))
    .map((line) => ({ pid: Number(line.trim().split(' ')[0]), command: line }));
}

function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // The process has ended already.
  }
}

/** Whether a function returns something other than undefined, and does not throw. */
function succeeds(work: () => unknown): boolean {
  try {
    return work() !== undefined;
  } catch {
    return false;
  }
}
