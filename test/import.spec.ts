import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { MessageFile } from '../src/import/message-file';
import { MessageImporter } from '../src/import/message-importer';
import { TestDatabase } from './support/database';

const HEADER = 'organization_id,channel,session_id,created_at';
const ROW = 'acme,web,s1,2023-01-15T10:28:00Z';

describe('the import', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await TestDatabase.create();
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-import-'));
  });
  afterEach(() => database.clear());
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  function importContent(content: string | Buffer, name = 'messages.csv') {
    writeFileSync(join(folder, name), content);
    return new MessageImporter(database.dataSource).import(new MessageFile(join(folder, name)).rows());
  }

  const stored = () =>
    database.dataSource.query<Record<string, string>[]>(
      'select * from messages order by organization_id, created_at, channel, session_id, id',
    );

  const ndjson = '{"organization_id":"acme","channel":"web","session_id":"s1","created_at":"2023-01-15T10:28:00Z"}\n';

  it.each([
    ['CSV', `${HEADER}\n${ROW}\n`],
    ['CSV without a line feed at its end', `${HEADER}\n${ROW}`],
    ['CSV of Windows, with a byte order mark', `\ufeff${HEADER}\r\n${ROW}\r\n`],
    [
      'CSV with its columns in another order',
      'created_at,session_id,id,organization_id,channel\n2023-01-15T10:28:00Z,s1,,acme,web',
    ],
    ['CSV with quotes and blank lines', `${HEADER}\n\n"acme","web","s1","2023-01-15T10:28:00Z"\n\n`],
    ['CSV with a time as PostgreSQL prints it', `${HEADER}\nacme,web,s1,2023-01-15 11:28:00+01`],
    ['gzip of CSV', gzipSync(`${HEADER}\n${ROW}\n`)],
    ['NDJSON', ndjson],
    ['NDJSON with a byte order mark and blank lines', `\ufeff\n${ndjson}\n`],
    ['gzip of NDJSON', gzipSync(ndjson)],
  ])('reads %s', async (_form, content) => {
    expect(await importContent(content)).toEqual({ read: 1, added: 1 });
    expect(await stored()).toMatchObject([
      { organization_id: 'acme', channel: 'web', session_id: 's1', created_at: new Date('2023-01-15T10:28:00Z') },
    ]);
  });

  it('keeps the id of a row that has one', async () => {
    const id = '6F9619FF-8B86-D011-B42D-00C04FC964FF';
    await importContent(`${HEADER},id\n${ROW},${id}`);
    expect(await stored()).toMatchObject([{ id: id.toLowerCase() }]);
  });

  it('takes equal rows of one file as distinct messages', async () => {
    expect(await importContent(`${HEADER}\n${ROW}\n${ROW}\n${ROW}`)).toEqual({ read: 3, added: 3 });
  });

  it('leaves the same messages when the same rows come again, in any order and form', async () => {
    const other = 'acme,web,s2,2023-01-15T10:29:00Z';
    await importContent(`${HEADER}\n${ROW}\n${other}\n${ROW}`);
    const before = await stored();
    expect(await importContent(`${HEADER}\n${other}\n${ROW}\n${ROW}`)).toEqual({ read: 3, added: 0 });
    expect(await importContent(ndjson)).toEqual({ read: 1, added: 0 });
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['a column too few', `${HEADER}\n${ROW}\nacme,web,s1`, ':3: has 3 values for 4 columns'],
    ['a column too many', `${HEADER}\n${ROW}\n${ROW},x`, ':3: has 5 values for 4 columns'],
    ['no organization', `${HEADER}\n,web,s1,2023-01-15T10:28:00Z`, ':2: column organization_id is empty'],
    ['no session', `${HEADER}\nacme,web,,2023-01-15T10:28:00Z`, ':2: column session_id is empty'],
    [
      'a time that is none',
      `${HEADER}\n${ROW}\n${ROW}\nacme,web,s1,2023-02-30T00:00:00Z`,
      ':4: column created_at is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z: "2023-02-30T00:00:00Z"',
    ],
    ['an id that is none', `${HEADER},id\n${ROW},1`, ':2: column id is not a UUID: "1"'],
    [
      'a long value',
      `${HEADER}\n${'x'.repeat(256)},web,s1,2023-01-15T10:28:00Z`,
      ':2: column organization_id is longer than 255 characters',
    ],
    ['a NUL', `${HEADER}\nacme,w\0b,s1,2023-01-15T10:28:00Z`, ':2: column channel contains a NUL character'],
    ['no header', `${ROW}\n${ROW}`, ':1: column organization_id is missing; the columns are'],
    ['an unknown column', `${HEADER},colour\n${ROW},red`, ':1: has the unknown column "colour"; the columns are'],
    ['a column named twice', `${HEADER},channel\n${ROW},x`, ':1: names a column twice'],
    ['nothing in it', '', ':1: is empty; the first line must name the columns'],
    ['an open quote', `${HEADER}\n${ROW}\nacme,"web,s1,2023-01-15T10:28:00Z`, ':3: is not CSV: Quote Not Closed'],
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from(`${HEADER}\n${ROW}\n`), Buffer.from([0x61, 0xff, 0x0a])]),
      ':3: is not UTF-8',
    ],
    [
      'UTF-8 that ends within a character',
      Buffer.concat([Buffer.from(`${HEADER}\n${ROW}\na`), Buffer.from([0xc3])]),
      ':3: is not UTF-8',
    ],
    ['half of a gzip', gzipSync(`${HEADER}\n${ROW}\n`.repeat(500)).subarray(0, 60), ': unexpected end of file'],
    ['a line that is not JSON', `${ndjson}{"organization_id":`, ':2: is not JSON'],
    ['a line that is no object', `${ndjson}7`, ':2: is not a JSON object'],
    ['a value that is no string', ndjson.replace('"acme"', '1'), ':1: column organization_id is not a string'],
    [
      'half of a surrogate pair',
      ndjson.replace('acme', '\\ud800'),
      ':1: column organization_id contains half of a surrogate pair',
    ],
    ['a field too few', ndjson.replace('"channel":"web",', ''), ':1: column channel is missing; the columns are'],
  ])('stops at %s with file, line, column and reason, and imports nothing', async (_case, content, message) => {
    await expect(importContent(content, 'bad')).rejects.toThrow(join(folder, 'bad') + message);
    expect(await stored()).toEqual([]);
  });

  it('imports nothing of a large file whose last row is bad', async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => `acme,web,s${index},2023-01-15T10:28:00Z`);
    await expect(importContent([HEADER, ...rows, 'acme,web,s,never'].join('\n'))).rejects.toThrow(
      ':50002: column created_at',
    );
    expect(await stored()).toEqual([]);
  });

  it('names a file that is not there, and a folder', () => {
    expect(() => new MessageFile(join(folder, 'absent.csv'))).toThrow('absent.csv: no such file');
    expect(() => new MessageFile(folder)).toThrow('is a folder');
  });

  it('stores any text as it is', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((value) => !value.includes('\0'));
    const message = fc.record({ organization_id: text, channel: text, session_id: text });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(message, { selector: (value) => JSON.stringify(value) }), async (messages) => {
        await database.clear();
        const lines = messages.map((value) => JSON.stringify({ ...value, created_at: '2023-01-15T10:28:00.123Z' }));
        await importContent(`${lines.join('\n')}\n${ndjson}`);
        const found = (await stored()).map(({ organization_id, channel, session_id }) => ({
          organization_id,
          channel,
          session_id,
        }));
        const sample = { organization_id: 'acme', channel: 'web', session_id: 's1' };
        const texts = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
        expect(texts(found)).toEqual(texts([...messages, sample]));
      }),
      { numRuns: 50 },
    );
  });
});
