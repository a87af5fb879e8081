import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Table from 'cli-table3';
import fc from 'fast-check';
import { EnvironmentError, readEnvironment } from '../../../src/config/environment';
import { MessageFile, MessageFileError } from '../../../src/import/message-file';
import { MessageImporter } from '../../../src/import/message-importer';
import { SECRET } from '../../support/backend';
import { casesOf } from '../../support/cases';
import { TestDatabase } from '../../support/database';
import {
  GOOD_TOKEN,
  PASSWORD,
  requestWithBadToken,
  requestWithBody,
  requestWithStrangeHeaders,
  settings,
} from '../../support/hostile';
import { form, messages, mutation } from '../../support/message-files';
import { rawRequest } from '../../support/requests';
import { ServerProcess } from '../../support/run';
import { closeWires, send, sendBytes } from '../../support/wire';

/** The number of inputs sent at once. */
const BATCH = 25;
const PROBE_PAUSE_MS = 50;
const TIME_LIMIT_MS = 600_000;
/** More connections than a server accepts. */
const CONNECTIONS = 2_500;
/** Without a limit, the connections alone took more than two gigabytes. */
const MEMORY_LIMIT_MB = 500;

interface Tally {
  tried: number;
  refused: number;
  failed: number;
}

describe('the product, attacked', () => {
  const tallies: Record<string, Tally> = {};
  const stop = new AbortController();
  let database: TestDatabase;
  let server: ServerProcess;
  let slowestProbeMs = 0;
  let probing: Promise<void>;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-01', organizationId: '123456' }]);
    server = await ServerProcess.ready({
      DATABASE_URL: database.url,
      JWT_SECRET: SECRET,
      DATABASE_POOL_SIZE: '40',
      MAX_CONCURRENT_REPORTS: '30',
      RATE_LIMIT_PER_ADDRESS: '0',
      RATE_LIMIT_PER_TOKEN: '0',
      LOG_LEVEL: 'info',
    });
    probing = probe();
  });
  afterAll(async () => {
    stop.abort();
    await probing;
    closeWires();
    server.kill('SIGTERM');
    await server.exit;
    await database.drop();
  });

  /** Keeps asking whether the server is alive, as a container platform does. */
  async function probe(): Promise<void> {
    while (!stop.signal.aborted) {
      const startMs = performance.now();
      expect((await fetch(`${server.address}/health/live`)).status).toBe(200);
      slowestProbeMs = Math.max(slowestProbeMs, performance.now() - startMs);
      await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE_MS));
    }
  }

  /** The peak memory of the server, in megabytes; undefined if the system does not report it. */
  function peakMemory(): number | undefined {
    if (process.platform !== 'linux') return undefined;
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) / 1_024;
  }

  /** Tries inputs, several at once, and counts how many are refused. */
  async function attack<T>(
    kind: string,
    count: number,
    input: fc.Arbitrary<T>,
    isRefused: (input: T) => Promise<boolean>,
  ) {
    const tally = (tallies[kind] = { tried: 0, refused: 0, failed: 0 });
    const one = async (given: T) => {
      tally.tried++;
      try {
        if (await isRefused(given)) tally.refused++;
      } catch (error) {
        tally.failed++;
        throw error;
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: BATCH, maxLength: BATCH }), async (inputs) => {
        await Promise.all(inputs.map(one));
      }),
      { numRuns: Math.ceil(count / BATCH), endOnFailure: true },
    );
    return tally;
  }

  function expectNoFault(status: number | undefined, text: string): void {
    if ((status ?? 0) >= 500) throw new Error(`${status} ${text}`);
  }

  it(
    'reveals nothing to an invalid token',
    async () => {
      const { tried, refused } = await attack('tokens', casesOf(2_000), requestWithBadToken, async (request) => {
        const { status, text } = await send(server.address, request);
        expectNoFault(status, text);
        expect(text).not.toContain('availability_percentage');
        return [401, 403, 431].includes(status!);
      });
      expect(refused).toBe(tried);
    },
    TIME_LIMIT_MS,
  );

  it(
    'answers whatever the headers say',
    async () => {
      await attack('headers', casesOf(1_500), requestWithStrangeHeaders, async (request) => {
        const { status, text } = await send(server.address, request);
        expectNoFault(status, text);
        return status! >= 400;
      });
    },
    TIME_LIMIT_MS,
  );

  it.each([
    ['raw sockets', 1_500, rawRequest],
    ['bodies', 1_000, requestWithBody],
  ] as const)(
    'survives %s',
    async (kind, count, input) => {
      const { refused } = await attack(kind, casesOf(count), input, async (bytes) => {
        const { status, text } = await sendBytes(server.address, bytes);
        expectNoFault(status, text);
        return status === undefined || status >= 400;
      });
      expect(refused).toBeGreaterThan(0);
    },
    TIME_LIMIT_MS,
  );

  it(
    'imports a file, or says what is wrong with it',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'chat-reports-hostile-'));
      let number = 0;
      const file = fc.tuple(messages, form, fc.boolean(), fc.array(mutation, { maxLength: 4 }));
      await attack('files', casesOf(500), file, async ([rows, write, isGzip, mutations]) => {
        const path = join(folder, String(number++));
        const text = Buffer.from(write(rows));
        writeFileSync(
          path,
          mutations.reduce<Buffer>(
            (bytes, mutate) => (bytes.length === 0 ? bytes : mutate(bytes)),
            isGzip ? gzipSync(text) : text,
          ),
        );
        try {
          await new MessageImporter(database.dataSource).import(new MessageFile(path).rows());
          return false;
        } catch (error) {
          expect(error).toBeInstanceOf(MessageFileError);
          return true;
        } finally {
          rmSync(path);
        }
      });
      rmSync(folder, { recursive: true });
    },
    TIME_LIMIT_MS,
  );

  it(
    'accepts settings, or names those that it cannot accept, without revealing secrets in them',
    async () => {
      await attack('settings', casesOf(1_000), settings, (given) => {
        try {
          const environment = readEnvironment(given);
          for (const [name, value] of Object.entries(environment)) {
            if (typeof value === 'number') expect([name, Number.isSafeInteger(value)]).toEqual([name, true]);
          }
          return Promise.resolve(false);
        } catch (error) {
          expect(error).toBeInstanceOf(EnvironmentError);
          const { message } = error as Error;
          expect(message).not.toContain(PASSWORD);
          expect(message).not.toContain(encodeURIComponent(PASSWORD));
          expect(Object.keys(given).some((name) => message.includes(name))).toBe(true);
          return Promise.resolve(true);
        }
      });
    },
    TIME_LIMIT_MS,
  );

  it(
    `is available again after ${CONNECTIONS} connections, each with the beginning of a body`,
    async () => {
      stop.abort();
      await probing;
      const tally = (tallies.connections = { tried: CONNECTIONS, refused: 0, failed: 0 });
      const { hostname, port } = new URL(server.address);
      const head =
        'POST /backend/access HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n';
      const closings = Array.from({ length: CONNECTIONS }, () => hold(connect(Number(port), hostname), head));
      for (const answer of await Promise.all(closings)) {
        if (!/^HTTP\/1.1 [25]/.test(answer)) tally.refused++;
      }
      expect(tally.refused).toBe(CONNECTIONS);
      expect((await fetch(`${server.address}/health/live`)).status).toBe(200);
    },
    TIME_LIMIT_MS,
  );

  it('still gives the right report, has revealed no secret, and has stayed within its memory', async () => {
    const path = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-02';
    const report = await send(server.address, {
      method: 'GET',
      path,
      headers: { authorization: `Bearer ${GOOD_TOKEN}` },
    });
    expect(report.status).toBe(200);
    const log = server.output.split('\n');
    for (const secret of [SECRET, GOOD_TOKEN.split('.')[1]!, '"level":"error"']) {
      expect(log.filter((line) => line.includes(secret))).toEqual([]);
    }
    expect(peakMemory() ?? 0).toBeLessThan(MEMORY_LIMIT_MB);
    printFigures();
  });

  function printFigures(): void {
    const rows = new Table({ head: ['attack', 'tried', 'refused', 'faults'], style: { head: [], border: [] } });
    for (const [kind, { tried, refused, failed }] of Object.entries(tallies)) rows.push([kind, tried, refused, failed]);
    const sum = (count: (tally: Tally) => number) =>
      Object.values(tallies).reduce((all, tally) => all + count(tally), 0);
    rows.push(['all', sum(({ tried }) => tried), sum(({ refused }) => refused), sum(({ failed }) => failed)]);
    const memory = peakMemory();
    console.log(
      [
        rows.toString(),
        `Peak memory of the server: ${memory === undefined ? 'unknown' : `${Math.round(memory)} MB`}`,
        `Slowest probe: ${Math.round(slowestProbeMs)} ms`,
      ].join('\n'),
    );
  }
});

/**
 * Sends the beginning of a request and nothing more. Resolves with everything received once the connection is closed.
 */
function hold(socket: Socket, beginning: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => (received += data));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.write(beginning + 'x'.repeat(60_000));
  });
}
