import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CSV_FORMAT } from '@chat-reports/nestjs/internal';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { MessageFile } from '../../src/import/message-file';
import { MessageImporter } from '../../src/import/message-importer';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

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
    ['CSV of an old Mac', `${HEADER}\r${ROW}\r`],
    ['CSV whose lines end differently', `${HEADER}\n\r\n${ROW}\r\n`],
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
    expect(await importContent(content)).toMatchObject({ read: 1, added: 1 });
    expect(await stored()).toMatchObject([
      { organization_id: 'acme', channel: 'web', session_id: 's1', created_at: new Date('2023-01-15T10:28:00Z') },
    ]);
  });

  /** Imports from a pipe, into which each of the first bytes is written only after the ones before it have been read. */
  async function importByteByByte(content: Buffer) {
    const pipe = join(folder, 'pipe');
    rmSync(pipe, { force: true });
    execFileSync('mkfifo', [pipe]);
    const file = new MessageFile(pipe);
    const imported = new MessageImporter(database.dataSource).import(file.rows());
    const writer = createWriteStream(pipe);
    for (const [index, byte] of content.subarray(0, 8).entries()) {
      writer.write(Buffer.from([byte]));
      await eventually(() => expect(file.bytesRead).toBe(index + 1));
    }
    writer.end(content.subarray(8));
    return imported;
  }

  it.each([
    ['gzip', gzipSync(`${HEADER}\n${ROW}\n`)],
    ['CSV with a byte order mark', Buffer.from(`\ufeff${HEADER}\n${ROW}`)],
    ['CSV after blank lines', Buffer.from(`\n\r\n${HEADER}\n${ROW}`)],
    ['NDJSON with a byte order mark and after blank lines', Buffer.from(`\ufeff\r\n \n${ndjson}`)],
  ])('reads %s that arrives byte by byte', async (_form, content) => {
    expect(await importByteByByte(content)).toMatchObject({ read: 1, added: 1 });
  });

  it.each([
    ['a byte order mark', '\ufeff', ':1: is empty; the first line must name the columns'],
    ['a part of a byte order mark', Buffer.from('\ufeff').subarray(0, 2), ':1: is not UTF-8'],
    ['blank lines', '\n \n', ':1: is empty; the first line must name the columns'],
    ['a byte', 'x', ':1: columns organization_id, channel, session_id, created_at are missing'],
    [
      'the first byte of a gzip',
      Buffer.from([0x1f]),
      ':1: columns organization_id, channel, session_id, created_at are missing',
    ],
  ])('refuses a file that consists of %s', async (_form, content, message) => {
    await expect(importContent(content, 'bad')).rejects.toThrow(join(folder, 'bad') + message);
  });

  it('refuses a line of NDJSON that is longer than any text of JavaScript', async () => {
    const name = join(folder, 'long.ndjson');
    writeFileSync(name, `${ndjson}{`);
    // The rest is NUL characters, which take no space on disk.
    truncateSync(name, 2 ** 29 + 1_000_000);
    const rows = new MessageFile(name).rows();
    await expect(new MessageImporter(database.dataSource).import(rows)).rejects.toThrow(
      `${name}:2: is longer than 1000000 characters`,
    );
    rmSync(name);
  });

  it('is stored by a statement that is not compiled', async () => {
    await database.dataSource.query(`alter table messages add jit text default current_setting('jit')`);
    await importContent(`${HEADER}\n${ROW}\n`);
    expect(await stored()).toMatchObject([{ jit: 'off' }]);
    await database.dataSource.query('alter table messages drop jit');
  });

  it('keeps the id of a row that has one', async () => {
    const id = '6F9619FF-8B86-D011-B42D-00C04FC964FF';
    await importContent(`${HEADER},id\n${ROW},${id}`);
    expect(await stored()).toMatchObject([{ id: id.toLowerCase() }]);
  });

  it('imports equal rows of one file as distinct messages', async () => {
    expect(await importContent(`${HEADER}\n${ROW}\n${ROW}\n${ROW}`)).toMatchObject({ read: 3, added: 3 });
  });

  it('adds nothing if the same rows come again, in any order and form', async () => {
    const other = 'acme,web,s2,2023-01-15T10:29:00Z';
    await importContent(`${HEADER}\n${ROW}\n${other}\n${ROW}`);
    const before = await stored();
    expect(await importContent(`${HEADER}\n${other}\n${ROW}\n${ROW}`)).toMatchObject({ read: 3, added: 0 });
    expect(await importContent(ndjson)).toMatchObject({ read: 1, added: 0 });
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
      ':4: column created_at is a time that does not exist: "2023-02-30T00:00:00Z"',
    ],
    [
      'a long value',
      `${HEADER}\n${'x'.repeat(256)},web,s1,2023-01-15T10:28:00Z`,
      ':2: column organization_id is longer than 255 characters',
    ],
    ['a NUL', `${HEADER}\nacme,w\0b,s1,2023-01-15T10:28:00Z`, ':2: column channel contains a NUL character'],
    [
      'no header',
      `${ROW}\n${ROW}`,
      ':1: columns organization_id, channel, session_id, created_at are missing; found acme, web, s1,',
    ],
    ['a column named twice', `${HEADER},channel\n${ROW},x`, ':1: column channel is named twice'],
    ['nothing in it', '', ':1: is empty; the first line must name the columns'],
    ['an open quote', `${HEADER}\n${ROW}\nacme,"web,s1,2023-01-15T10:28:00Z`, ':3: is not CSV: a quote is not closed'],
    ...['\n', '\r\n'].flatMap((end): [string, string, string][] => {
      const rows = `${HEADER}\n${ROW}\n\nacme,"w\ne\n\nb",s1,2023-01-15T10:28:00Z\n`;
      const text = (last: string) => `${rows}${last}\n${ROW}\n`.replaceAll('\n', end);
      const ends = JSON.stringify(end);
      return [
        [
          `text after a quote, in lines with ${ends}`,
          text('acme,"web"x,s1,2023'),
          ':8: is not CSV: value 2 has a quote before its end',
        ],
        [
          `text after a quote over lines with ${ends}`,
          text('acme,"w\nb"x,s1,2023'),
          ':8: is not CSV: value 2 has a quote before its end',
        ],
        [
          `a quote within text, in lines with ${ends}`,
          text('acme,w"b,s1,2023'),
          ':8: is not CSV: value 2 has a quote after its start',
        ],
        [
          `a time that is none, after a quote over lines with ${ends}`,
          text('acme,"w\nb",s1,2023'),
          ':8: column created_at',
        ],
      ];
    }),
    [
      'the first of two bad rows',
      `${HEADER}\nacme,web,s1,never\nacme,"web"x,s1,2023-01-15T10:28:00Z`,
      ':2: column created_at',
    ],
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
    [
      'half of a gzip',
      gzipSync(`${HEADER}\n${ROW}\n`.repeat(500)).subarray(0, 60),
      ': is incomplete or damaged (unexpected end of file)',
    ],
    ['a line that is not JSON', `${ndjson}{"organization_id":`, ':2: is not JSON'],
    ['a line that is no object', `${ndjson}7`, ':2: is not a JSON object'],
    ['a value that is no text', ndjson.replace('"acme"', '[1]'), ':1: column organization_id is not a string: [1]'],
    [
      'half of a surrogate pair',
      ndjson.replace('acme', '\\ud800'),
      ':1: column organization_id contains an unpaired surrogate',
    ],
    [
      'a field too few',
      ndjson.replace('"channel":"web",', ''),
      ':1: column channel is missing; found organization_id, session_id, created_at; use --map channel=NAME or',
    ],
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

  it('names a file that does not exist, and one that is a folder', () => {
    expect(() => new MessageFile(join(folder, 'absent.csv'))).toThrow('absent.csv: no such file');
    expect(() => new MessageFile(folder)).toThrow('is a directory');
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

  it('restores names from the CSV of a report, but takes those in NDJSON as they are', async () => {
    const names = ['=1', "'=1", "''+1", "'a", '-', '@x', '\t', '\uff1d'];
    const rows = names.map((name) => ({
      organization_id: name,
      channel: name,
      session_id: name,
      created_at: '2023-01-15T10:28:00Z',
    }));
    const found = async () =>
      (await stored()).map(({ organization_id, channel, session_id }) => [organization_id, channel, session_id]).sort();
    const expected = names.map((name) => [name, name, name]).sort();
    for (const content of [
      stringify(rows, { ...CSV_FORMAT, bom: true }),
      rows.map((row) => JSON.stringify(row)).join('\n'),
    ]) {
      await database.clear();
      await importContent(content);
      expect(await found()).toEqual(expected);
    }
  });
});
