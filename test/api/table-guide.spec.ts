import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { type AvailabilityRequest, inspectMessages, type MessagesOptions } from '@chat-reports/nestjs';
import { openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { readDocument } from '../support/guide';
import { PROJECT } from '../support/run';

/** The sections of the guide that show a table and the options for it. */
const SECTIONS = readDocument('docs/messages-table.md')
  .split('\n## ')
  .flatMap((section) => {
    const [, tables] = /^```sql\n([\s\S]*?)^```$/m.exec(section) ?? [];
    const [, options] = /^```ts\n(messages: [\s\S]*?)^```$/m.exec(section) ?? [];
    if (tables === undefined || options === undefined) return [];
    return [{ heading: section.split('\n')[0]!, tables, messages: evaluate(options) }];
  });

function evaluate(options: string): MessagesOptions {
  return (runInNewContext(`({ ${options} })`) as { messages: MessagesOptions }).messages;
}

/**
 * For each section, a message of session 42 at 10:28 and one of another session at 11:00 in UTC, with rows in between
 * that belong to others or do not count, and the scope to ask for. An application with the published package reports on
 * the same messages.
 */
const CASES = JSON.parse(readFileSync(join(PROJECT, 'test/support/table-guide.json'), 'utf8')) as Record<
  string,
  Pick<AvailabilityRequest, 'organizationId' | 'channel'> & { rows: string[] }
>;

describe('the page about messages tables shows options', () => {
  it('that are all tested', () => {
    expect(SECTIONS.map(({ heading }) => heading)).toEqual(Object.keys(CASES));
  });

  describe.each(SECTIONS)('for “$heading”', ({ heading, tables, messages }) => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await TestDatabase.create();
      await database.dataSource.query(`drop table messages; ${tables}`);
    });
    afterAll(() => database.drop());

    it('that let the module report on its tables, with the indexes that the module advises', async () => {
      const { rows, ...scope } = CASES[heading]!;
      const { indexes } = await inspectMessages(database.dataSource, messages);
      for (const { statement } of indexes) if (statement) await database.dataSource.query(statement);
      expect((await inspectMessages(database.dataSource, messages)).warnings).toEqual([]);
      await database.dataSource.query(rows.join('\n'));
      const { service, close } = await openAvailability(database.url, { messages });
      const january = { start: new Date('2023-01-01'), end: new Date('2023-02-01') };
      expect((await service.report({ ...scope, ...january })).downtimes).toEqual([
        {
          start: new Date('2023-01-15T10:30Z'),
          end: new Date('2023-01-15T11:00Z'),
          durationMs: 1_800_000,
          sessionId: '42',
        },
      ]);
      await close();
    });
  });
});
