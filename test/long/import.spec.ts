import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { MessageFile, MessageFileError } from '../../src/import/message-file';
import { MessageImporter } from '../../src/import/message-importer';
import { casesOf } from '../support/cases';
import { TestDatabase } from '../support/database';
import { form, HEADER, messages, mutation, type Row, toNdjson } from '../support/message-files';

/** Changes that make a row one that must be refused. */
const fault = fc.constantFrom<(row: Row) => Row>(
  (row) => ({ ...row, organization_id: '' }),
  (row) => ({ ...row, session_id: '' }),
  (row) => ({ ...row, channel: 'a\0b' }),
  (row) => ({ ...row, channel: 'x'.repeat(256) }),
  (row) => ({ ...row, created_at: '2023-02-30T00:00:00Z' }),
  (row) => ({ ...row, created_at: '20230101' }),
  (row) => ({ ...row, created_at: '' }),
  (row) => ({ ...row, id: 'x'.repeat(256) }),
);

describe('the import of a broken file', () => {
  let database: TestDatabase;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    database = await TestDatabase.create();
    folder = mkdtempSync(join(tmpdir(), 'chat-reports-import-fuzz-'));
    file = join(folder, 'messages');
    await database.insert([{ at: '2023-01-01', organizationId: 'there before' }]);
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  async function stored(): Promise<number> {
    const [{ count }] = await database.dataSource.query<[{ count: number }]>('select count(*)::int from messages');
    return count;
  }

  /**
   * Imports bytes. Either everything is imported, or there is an error that names the file, and nothing is imported.
   */
  async function importBytes(bytes: Buffer): Promise<{ read?: number; error?: string }> {
    writeFileSync(file, bytes);
    const before = await stored();
    try {
      const { read, added } = await new MessageImporter(database.dataSource).import(new MessageFile(file).rows());
      expect(await stored()).toBe(before + added);
      return { read };
    } catch (error) {
      expect(await stored()).toBe(before);
      expect(error).toBeInstanceOf(MessageFileError);
      const { message: text } = error as Error;
      expect(text.startsWith(`${file}:`)).toBe(true);
      expect(text).not.toMatch(/\n\s+at |node_modules|\.[jt]s:\d|undefined|\[object/);
      expect(text.length).toBeLessThan(1_000 + file.length);
      return { error: text };
    }
  }

  it('ends in an error that names the file, or imports everything in it', async () => {
    let refused = 0;
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        messages,
        form,
        fc.boolean(),
        fc.array(mutation, { maxLength: 3 }),
        async (rows, write, isGzip, mutations) => {
          const text = Buffer.from(write(rows));
          const bytes = mutations.reduce<Buffer>(
            (changed, mutate) => (changed.length === 0 ? changed : mutate(changed)),
            isGzip ? gzipSync(text) : text,
          );
          const { error } = await importBytes(bytes);
          if (error === undefined) accepted++;
          else refused++;
        },
      ),
      { numRuns: casesOf(600, 150) },
    );
    // Otherwise the property could hold just because every file, or none, is refused.
    expect(refused).toBeGreaterThan((refused + accepted) / 3);
    expect(accepted).toBeGreaterThan(0);
  });

  it('accepts the intact file, so that refusals of the broken one mean something', async () => {
    await fc.assert(
      fc.asyncProperty(messages, form, async (rows, write) => {
        expect(await importBytes(Buffer.from(write(rows)))).toMatchObject({ read: rows.length });
      }),
      { numRuns: casesOf(50) },
    );
  });

  it('names the line of the one bad row among good ones', async () => {
    await fc.assert(
      fc.asyncProperty(messages, form, fault, fc.nat(), async (rows, write, spoil, at) => {
        const bad = at % rows.length;
        const all = rows.map((row, index) => (index === bad ? spoil(row) : row));
        const { error } = await importBytes(Buffer.from(write(all)));
        const line = write(all.slice(0, bad)).split('\n').length + (write === toNdjson && bad === 0 ? 0 : 1);
        expect(error).toContain(`${file}:${line}: column `);
      }),
      { numRuns: casesOf(150) },
    );
  });

  it('refuses a truncated gzip file of either form, wherever it ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        messages,
        form,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (rows, write, part) => {
          const whole = gzipSync(write(rows));
          const { error } = await importBytes(whole.subarray(0, Math.floor(whole.length * part)));
          // Without the last bytes the text may be complete, but there is no way to tell.
          expect(error).toBeDefined();
        },
      ),
      { numRuns: casesOf(150) },
    );
  });

  it.each<[string, Buffer, string]>([
    ['a line of 20 MB in CSV', Buffer.from(`${HEADER}\n${'x'.repeat(20_000_000)}`), ':2:'],
    ['a line of 20 MB in NDJSON', Buffer.from(`{"organization_id":"${'x'.repeat(20_000_000)}"}`), ':1:'],
    ['an open quote and 20 MB', Buffer.from(`${HEADER}\n"${'x\n'.repeat(10_000_000)}`), ':2: is not CSV'],
    ['NULs', Buffer.alloc(100_000), ': is not text'],
    ['half a character of UTF-16', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le').subarray(0, -1), ':1: is not UTF-16'],
    ['gzip in gzip', gzipSync(gzipSync(HEADER)), ': is not text'],
    ['a gzip file with a wrong checksum', spoilChecksum(gzipSync(`${HEADER}\nacme,web,s,2023-01-01,`)), ': '],
    ['deeply nested JSON', Buffer.from(`{"organization_id":${'['.repeat(100_000)}`), ':1:'],
  ])('is refused: %s', async (_case, bytes, reason) => {
    const { error } = await importBytes(bytes);
    expect(error).toContain(file + reason);
  });
});

function spoilChecksum(gzip: Buffer): Buffer {
  const position = gzip.length - 6;
  gzip[position] = gzip[position]! ^ 0xff;
  return gzip;
}
