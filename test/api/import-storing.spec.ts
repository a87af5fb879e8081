import { ImportLog } from '../../src/import/import-log';
import type { MessageRow } from '../../src/import/message-row';
import { MessageImporter } from '../../src/import/message-importer';
import { TestDatabase } from '../support/database';

/** More messages than can be sorted in memory. */
const MANY = 60_000;
const START_MS = Date.parse('2023-01-01T00:00:00Z');

const row = (number: number): MessageRow => ({
  organizationId: 'acme',
  channel: 'web',
  sessionId: `session-${number}`,
  createdAtMs: START_MS + number * 1_000,
});
const rows = Array.from({ length: MANY }, (_, number) => row(number));

describe('how an import stores messages', () => {
  let database: TestDatabase;
  let importer: MessageImporter;

  beforeAll(async () => {
    database = await TestDatabase.create();
    importer = new MessageImporter(database.dataSource);
  });
  afterEach(async () => {
    await database.clear();
    await database.dataSource.query('truncate imports restart identity');
  });
  afterAll(() => database.drop());

  async function stored(): Promise<number> {
    const [{ count }] = await database.dataSource.query<[{ count: number }]>('select count(*)::int from messages');
    return count;
  }

  it.each([
    ['first', 0],
    ['last', MANY - 1],
  ])('adds all others if the %s of many messages already exists', async (_place, number) => {
    expect(await importer.import([row(number)])).toEqual({ id: 1, read: 1, added: 1 });
    expect(await importer.import(rows)).toEqual({ id: 2, read: MANY, added: MANY - 1 });
    expect(await stored()).toBe(MANY);
    expect(await new ImportLog(database.dataSource).list()).toMatchObject([
      { id: 2, read: MANY, added: MANY - 1 },
      { id: 1, read: 1, added: 1 },
    ]);
    expect(await new ImportLog(database.dataSource).undo(2)).toBe(MANY - 1);
  });

  it('adds one message for an id that occurs twice', async () => {
    const id = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
    expect(await importer.import([{ ...row(1), id }, row(2), { ...row(1), id }])).toMatchObject({ read: 3, added: 2 });
  });

  it('leaves nothing behind if the database refuses a message', async () => {
    await database.dataSource.query(
      `alter table messages add constraint refused check (session_id <> 'session-59999')`,
    );
    await expect(importer.import(rows)).rejects.toThrow('refused');
    await database.dataSource.query('alter table messages drop constraint refused');
    expect(await stored()).toBe(0);
    expect(await new ImportLog(database.dataSource).list()).toEqual([]);
  });

  it('imports the same messages twice at once', async () => {
    const results = await Promise.all([importer.import(rows), importer.import(rows)]);
    expect(results.map(({ added }) => added).sort()).toEqual([0, MANY]);
    expect(await stored()).toBe(MANY);
  });
});
