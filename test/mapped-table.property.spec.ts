import { AvailabilityResponse, AvailabilityService } from '@chat-reports/nestjs';
import fc from 'fast-check';
import { MessageRepository } from '../libs/reports/src/messages/message.repository';
import { MessageSource } from '../libs/reports/src/messages/message.source';
import { TestDatabase } from './support/database';
import { expectedMessages, insertMapped, MAPPED_TABLES } from './support/mapped-table';
import { expectedReport } from './support/oracle';
import { messageStreams, ORIGIN, rangesAround } from './support/streams';

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

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  it.each(MAPPED_TABLES)('with $name equals a sort and a loop over its messages', async (table) => {
    const { dataSource } = database;
    await dataSource.query(table.create);
    const source = new MessageSource(dataSource, { messages: table.options });
    const service = new AvailabilityService(new MessageRepository(source), {});
    await fc.assert(
      fc.asyncProperty(cases, async ({ messages, queries }) => {
        await dataSource.query(`truncate ${(await source.read()).table.sql}`);
        await insertMapped(dataSource, table, messages);
        const expected = expectedMessages(table, messages);
        for (const { organization, channel: word, range, nowMs } of queries) {
          const organizationId = table.organization(organization);
          const channel = word === undefined ? undefined : (table.channel?.(word) ?? undefined);
          const report = await service.report({
            organizationId,
            channel,
            start: new Date(range.startMs),
            end: new Date(range.endMs),
            ...(nowMs !== undefined && { edges: 'count', now: new Date(nowMs) }),
          });
          expect(AvailabilityResponse.of(report)).toEqual(
            expectedReport(expected, { organizationId, channel, ...range, nowMs }),
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});
