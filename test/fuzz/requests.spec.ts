import fc from 'fast-check';
import { Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { expectPlausible } from '../support/plausible';
import { legalRequest, rawRequest } from '../support/requests';
import { closeWires, send, sendBytes, type WireAnswer } from '../support/wire';

const BATCH = 50;
/** Much of it is work for the server, which may share its machine. */
const TIME_LIMIT_MS = 400_000;
const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

/** What an answer must never tell: where the code stands, what it asks the database, and in which words it failed. */
const INSIDE =
  /node_modules|\n\s+at |\.[jt]s:\d|QueryFailed|TypeError|RangeError|select |messages m |syntax error|pg_/i;

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
    backend = await Backend.start({ databaseUrl: database.url });
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
    'answers 18 000 requests with a valid report or an honest refusal',
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
        { numRuns: 18_000 / BATCH, endOnFailure: true },
      );
      // Many requests get past the guard and to a report: the others would find nothing out.
      expect(statuses.get(200)).toBeGreaterThan(4_000);
      expect(statuses.get(400)).toBeGreaterThan(1_000);
    },
    TIME_LIMIT_MS,
  );

  it(
    'survives 2 000 requests that may be no HTTP',
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
        { numRuns: 2_000 / BATCH, endOnFailure: true },
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
    // The refusal may be lost when the connection ends before all was sent.
    expect([431, undefined]).toContain(status);
    await stillAnswers();
  });
});
