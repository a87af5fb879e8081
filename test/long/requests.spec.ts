import fc from 'fast-check';
import { Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { expectPlausible } from '../support/plausible';
import { legalRequest, rawRequest } from '../support/requests';
import { casesOf } from '../support/cases';
import { closeWires, send, sendBytes, type WireAnswer } from '../support/wire';

const LEGAL = casesOf(18_000);
const RAW = casesOf(2_000);
/** The number of requests sent at once. */
const BATCH = 50;
/** Long, because the server has much to do and may share its machine. */
const TIME_LIMIT_MS = 400_000;
const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

/** What an answer must never reveal: where the code is, what it asks the database, and how it failed internally. */
const INSIDE =
  /node_modules|\n\s+at |\.[jt]s:\d|QueryFailed|TypeError|RangeError|select |messages m |syntax error|pg_[a-z]{3}/i;

describe('the server, asked anything', () => {
  let database: TestDatabase;
  let backend: Backend;
  let right: unknown;
  const statuses = new Map<number | undefined, number>();

  beforeAll(async () => {
    database = await TestDatabase.create();
    const sessions = Array.from({ length: 300 }, (_, index) => ({
      at: Date.parse('2023-01-01T00:00:00Z') + index * index * 28_000,
      channel: ['web', 'mail', ''][index % 3]!,
      sessionId: ['s1', '=1+1', '__proto__'][index % 3]!,
    }));
    await database.insert(sessions);
    // A connection for each request; otherwise some would wait too long for one and be refused.
    backend = await Backend.start({
      databaseUrl: database.url,
      connections: { poolSize: BATCH },
      // The range is limited as by default, because opening hours over ten thousand years take seconds.
      limits: { rows: Infinity, concurrency: Infinity },
    });
    right = (await backend.report(JANUARY)).body;
  });
  afterAll(async () => {
    closeWires();
    await backend.close();
    await database.drop();
  });

  function check({ status, contentType, text }: WireAnswer): void {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(status ?? 0).toBeLessThan(500);
    if (!/html|css|javascript|openapi/.test(contentType + text.slice(0, 20))) expect(text).not.toMatch(INSIDE);
  }

  async function stillAnswers(): Promise<void> {
    expect(await backend.report(JANUARY)).toMatchObject({ status: 200, body: right });
  }

  it(
    `answers ${LEGAL} requests with a valid report or an honest refusal`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(legalRequest, { minLength: BATCH, maxLength: BATCH }), async (requests) => {
          const ask = async (request: (typeof requests)[number]) => {
            try {
              const answer = await send(backend.url, request);
              check(answer);
              expectPlausible(request, answer);
            } catch (error) {
              throw new Error(
                `${request.method} ${request.path} ${JSON.stringify({ ...request.headers, authorization: String(request.headers.authorization).slice(0, 40) })} ${request.body ?? ''}: ${(error as Error).message}`,
                { cause: error },
              );
            }
          };
          await Promise.all(requests.map(ask));
          await stillAnswers();
        }),
        { numRuns: LEGAL / BATCH, endOnFailure: true },
      );
      // Many requests must get past the guard to a report; the others find out little.
      expect(statuses.get(200)).toBeGreaterThan(LEGAL / 6);
      expect(statuses.get(400)).toBeGreaterThan(LEGAL / 18);
    },
    TIME_LIMIT_MS,
  );

  it(
    `survives ${RAW} requests that may not be HTTP`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(rawRequest, { minLength: BATCH, maxLength: BATCH }), async (requests) => {
          const ask = async (bytes: Buffer) => {
            try {
              check(await sendBytes(backend.url, bytes));
            } catch (error) {
              throw new Error(`${JSON.stringify(bytes.toString('latin1'))}: ${(error as Error).message}`, {
                cause: error,
              });
            }
          };
          await Promise.all(requests.map(ask));
          await stillAnswers();
        }),
        { numRuns: RAW / BATCH, endOnFailure: true },
      );
    },
    TIME_LIMIT_MS,
  );

  it.each([
    ['a query of 1 MB', `GET /backend/reports/1/chats/availability?channel=${'x'.repeat(1_000_000)} HTTP/1.1\r\n`],
    ['a header of 1 MB', `GET / HTTP/1.1\r\nX: ${'x'.repeat(1_000_000)}\r\n`],
    ['10 000 headers', `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(10_000)}`],
  ])('refuses %s', async (_case, head) => {
    const { status } = await sendBytes(backend.url, Buffer.from(`${head}Host: x\r\nConnection: close\r\n\r\n`));
    // The refusal may be lost if the connection ends before everything was sent.
    expect([431, undefined]).toContain(status);
    await stillAnswers();
  });
});
