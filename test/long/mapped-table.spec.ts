import { AvailabilityResponse } from '@chat-reports/nestjs';
import fc from 'fast-check';
import { openAvailability } from '../support/availability';
import { casesOf } from '../support/cases';
import { TestDatabase } from '../support/database';
import { expectedMessages, MAPPED_TABLES, replaceMapped } from '../support/mapped-table';
import { expectedReport } from '../support/oracle';
import { messageStreams, ORIGIN, rangesAround } from '../support/streams';

const extra = fc.record({ micros: fc.integer({ min: 0, max: 999 }), isExcluded: fc.constantFrom(false, false, true) });

const cases = messageStreams.chain((messages) =>
  fc.record({
    messages: fc
      .array(extra, { minLength: messages.length, maxLength: messages.length })
      .map((extras) => messages.map((message, index) => ({ ...message, ...extras[index]! }))),
    queries: fc.array(
      fc.record({
        organization: fc.constantFrom('a', 'a', 'b', 'c'),
        channel: fc.constantFrom(undefined, 'web', 'mail', '', 'none'),
        range: rangesAround(messages),
        nowMs: fc.option(fc.integer({ min: ORIGIN, max: Number(messages.at(-1)?.at ?? ORIGIN) + 9_000_000 }), {
          nil: undefined,
        }),
      }),
      { minLength: 6, maxLength: 6 },
    ),
  }),
);

describe('a report on a table of another backend', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await TestDatabase.create();
  });
  afterEach(() => database.drop());

  it.each(
    MAPPED_TABLES.flatMap((table) => [
      { ...table, isIndexed: true },
      { ...table, isIndexed: false },
    ]),
  )('with $name, indexed: $isIndexed, equals a sort and a loop over its messages', async ({ isIndexed, ...table }) => {
    const { dataSource } = database;
    const statements = table.create.split(';').map((statement) => statement.trim());
    const isIndex = (statement: string) => statement.startsWith('create index');
    for (const statement of statements) if (isIndexed || !isIndex(statement)) await dataSource.query(statement);
    const { service, close } = await openAvailability(database.url, { messages: table.options });
    await fc.assert(
      fc.asyncProperty(cases, async ({ messages, queries }) => {
        await replaceMapped(dataSource, table, messages);
        const expected = expectedMessages(table, messages);
        for (const { organization, channel: word, range, nowMs } of queries) {
          const organizationId = table.organization(organization);
          const channel = word === undefined ? undefined : (table.channel?.(word) ?? undefined);
          const request = {
            organizationId,
            start: new Date(range.startMs),
            end: new Date(range.endMs),
            ...(nowMs !== undefined && { edges: 'count' as const, asOf: new Date(nowMs) }),
          };
          const report = await service.report({ ...request, channel });
          expect(AvailabilityResponse.of(report)).toEqual(
            expectedReport(expected, { organizationId, channel, ...range, nowMs }),
          );
          const { whole, channels } = await service.breakdown(request);
          for (const part of [{ channel: undefined, report: whole }, ...channels]) {
            const own = expectedReport(expected, { organizationId, channel: part.channel, ...range, nowMs });
            expect(part.report).toMatchObject({
              availabilityPercentage: own.availability_percentage,
              totalDowntimeMs: own.total_down_time,
              totalTimeMs: own.total_time,
              outages: own.down_times.length,
            });
          }
        }
      }),
      { numRuns: casesOf(50, 4) },
    );
    await close();
  });
});
