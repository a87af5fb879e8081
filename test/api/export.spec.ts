import { Readable } from 'node:stream';
import { assert, asyncProperty, constantFrom, date, oneof, record, string, uniqueArray, uuid } from 'fast-check';
import { exportMessages } from '../../src/export/export-messages';
import { MessageImporter } from '../../src/import/message-importer';
import { type MessageRow, parseRow, type RawRow } from '../../src/import/message-row';
import { readRecords } from '../../src/import/records/read-records';
import { ColumnMapping } from '../../src/import/rows/column.mapping';
import { TimeReader } from '../../src/import/rows/time.reader';
import { TestDatabase } from '../support/database';

/** Text with a special meaning in a format, or that is hard to store. NUL is impossible. */
const NAME = oneof(
  constantFrom('\n', '\r\n', '"', "'", '\\\\', '\\n', '\\N', '\\.', ',', '\t', '\u2028', '😀', 'e\u0301', '\ufeff'),
  string({ unit: 'binary', minLength: 1, maxLength: 100 }).filter((text) => !text.includes('\0')),
);
const MESSAGE = record({
  organizationId: NAME,
  channel: oneof(NAME, constantFrom('')),
  sessionId: NAME,
  createdAtMs: date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  }).map(Number),
  id: uuid(),
});

/** An import takes two messages with the same ID for one message. */
const MESSAGES = uniqueArray(MESSAGE, { minLength: 1, maxLength: 50, selector: ({ id }) => id });

describe('an export', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  async function exported(organizationIds?: string[]): Promise<MessageRow[]> {
    const rows: MessageRow[] = [];
    const lines = Readable.from(exportMessages(database.dataSource, organizationIds), { objectMode: false });
    const times = new TimeReader({});
    for await (const batch of readRecords(lines, new ColumnMapping({}))) {
      for (const row of batch) rows.push(parseRow(row as RawRow, times));
    }
    return rows;
  }

  const sorted = (rows: MessageRow[]) => rows.map((row) => JSON.stringify(row)).sort();

  it('is read back as the messages that it was made of, for the requested organizations', async () => {
    await assert(
      asyncProperty(MESSAGES, async (messages) => {
        await database.clear();
        await new MessageImporter(database.dataSource).import(messages);
        expect(sorted(await exported())).toEqual(sorted(messages));
        const [{ organizationId }] = messages as [MessageRow];
        const own = messages.filter((message) => message.organizationId === organizationId);
        expect(sorted(await exported([organizationId]))).toEqual(sorted(own));
      }),
      { numRuns: 50 },
    );
  });

  it('leaves out messages at times that no import accepts', async () => {
    await database.clear();
    await database.insert([{ at: '0001-01-01T00:00:00.000Z' }, { at: '9999-12-31T23:59:59.999Z' }]);
    for (const at of ['-infinity', '0001-12-31 23:59:59.999+00 BC', '10000-01-01 00:00:00+00', 'infinity'])
      await database.insertAt(at);
    const times = (await exported()).map(({ createdAtMs }) => new Date(createdAtMs).toISOString());
    expect(times).toEqual(['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']);
  });

  it('is complete and in order when it is long', async () => {
    await database.clear();
    await database.dataSource.query(`
      insert into messages
      select 'a', 'web', 's' || n, '2023-01-01T00:00:00Z'::timestamptz + n * interval '1 second', gen_random_uuid()
      from generate_series(1, 12345) n`);
    const sessions = (await exported()).map(({ sessionId }) => sessionId);
    expect(sessions).toEqual(Array.from({ length: 12_345 }, (_, index) => `s${index + 1}`));
  });
});
