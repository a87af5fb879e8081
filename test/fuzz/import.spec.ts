import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { MessageFile, MessageFileError } from '../../src/import/message-file';
import { MessageImporter } from '../../src/import/message-importer';
import { TestDatabase } from '../support/database';
import { runCommand } from '../support/run';

const HEADER = 'organization_id,channel,session_id,created_at,id';
const word = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('acme', '"', ',', '\n', '\t', '\\N', "'"),
);
const message = fc.record({
  organization_id: word,
  channel: word,
  session_id: word,
  created_at: fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  id: fc.uuid(),
});
type Row = Record<string, unknown>;
const messages = fc.uniqueArray(message, { minLength: 1, maxLength: 30, selector: ({ id }) => id });

/** What makes a row one that must be refused. */
const fault = fc.constantFrom<(row: Row) => Row>(
  (row) => ({ ...row, organization_id: '' }),
  (row) => ({ ...row, session_id: '' }),
  (row) => ({ ...row, channel: 'a\0b' }),
  (row) => ({ ...row, channel: 'x'.repeat(256) }),
  (row) => ({ ...row, created_at: '2023-02-30T00:00:00Z' }),
  (row) => ({ ...row, created_at: '1672531200000' }),
  (row) => ({ ...row, created_at: '' }),
  (row) => ({ ...row, id: 'x' }),
);

const toCsv = (rows: Row[]) =>
  [
    HEADER,
    ...rows.map((row) =>
      HEADER.split(',')
        .map((name) => `"${String(row[name]).replaceAll('"', '""')}"`)
        .join(','),
    ),
  ].join('\n');
const toNdjson = (rows: Row[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const form = fc.constantFrom(toCsv, toNdjson);

/** Random changes of the bytes of a file: what a bad disk, a bad editor or a bad transfer leaves behind. */
const mutation: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => (bytes: Buffer) => {
    const changed = Buffer.from(bytes);
    changed[at % bytes.length] = byte;
    return changed;
  }),
  fc.nat().map((at) => (bytes: Buffer) => bytes.subarray(0, at % bytes.length)),
  fc.tuple(fc.nat(), fc.nat(40)).map(
    ([at, length]) =>
      (bytes: Buffer) =>
        Buffer.concat([bytes.subarray(0, at % bytes.length), bytes.subarray((at % bytes.length) + length)]),
  ),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 20 })).map(
    ([at, more]) =>
      (bytes: Buffer) =>
        Buffer.concat([bytes.subarray(0, at % bytes.length), more, bytes.subarray(at % bytes.length)]),
  ),
  fc.constantFrom(
    (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('"')]),
    (bytes: Buffer) => Buffer.concat([bytes, bytes]),
  ),
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

  /** Imports bytes. Either all is imported, or there is an error that names the file, and nothing is. */
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

  it('ends in an error that names the file, or has imported all that was in it', async () => {
    let refused = 0;
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        messages,
        form,
        fc.boolean(),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
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
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(200);
    expect(accepted).toBeGreaterThan(0);
  });

  it('takes a whole file as it is, so that a refusal of it broken says something', async () => {
    await fc.assert(
      fc.asyncProperty(messages, form, async (rows, write) => {
        expect(await importBytes(Buffer.from(write(rows)))).toEqual({ read: rows.length });
      }),
      { numRuns: 50 },
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
      { numRuns: 150 },
    );
  });

  it('refuses half of a gzip file, of either form, wherever it ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        messages,
        form,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (rows, write, part) => {
          const whole = gzipSync(write(rows));
          const { error } = await importBytes(whole.subarray(0, Math.floor(whole.length * part)));
          // Without its last bytes the text may be whole, but nobody can know that it is.
          expect(error).toBeDefined();
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each<[string, Buffer, string]>([
    ['a line of 20 MB in CSV', Buffer.from(`${HEADER}\n${'x'.repeat(20_000_000)}`), ':2:'],
    ['a line of 20 MB in NDJSON', Buffer.from(`{"organization_id":"${'x'.repeat(20_000_000)}"}`), ':1:'],
    ['an open quote and 20 MB', Buffer.from(`${HEADER}\n"${'x\n'.repeat(10_000_000)}`), ':2: is not CSV'],
    ['NULs', Buffer.alloc(100_000), ':1:'],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'), ':1: is not UTF-8'],
    ['gzip in gzip', gzipSync(gzipSync(HEADER)), ':1: is not UTF-8'],
    ['a gzip file with a wrong checksum', spoilChecksum(gzipSync(`${HEADER}\nacme,web,s,2023-01-01,`)), ': '],
    ['deeply nested JSON', Buffer.from(`{"organization_id":${'['.repeat(100_000)}`), ':1:'],
  ])('is soon refused: %s', async (_case, bytes, reason) => {
    const startedAtMs = performance.now();
    const { error } = await importBytes(bytes);
    expect(error).toContain(file + reason);
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  });

  it('ends the command with code 1 and one line', async () => {
    const good = Buffer.from(
      toCsv([{ organization_id: 'a', channel: 'b', session_id: 'c', created_at: '2023-01-01T00:00:00Z', id: '' }]),
    );
    const broken = [
      gzipSync(good).subarray(0, 50),
      Buffer.concat([good, Buffer.from([0x0a, 0xff])]),
      Buffer.concat([good, Buffer.from('\n"')]),
    ];
    const before = await stored();
    for (const bytes of broken) {
      writeFileSync(file, bytes);
      const { code, stdout, stderr } = await runCommand('import', [file], { DATABASE_URL: database.url });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.trim().split('\n').at(-1)).toMatch(new RegExp(`^error: ${file}:(\\d+:)? [^\\n]+$`));
      expect(stderr).not.toMatch(/\n\s+at /);
    }
    expect(await stored()).toBe(before);
  });
});

function spoilChecksum(gzip: Buffer): Buffer {
  const position = gzip.length - 6;
  gzip[position] = gzip[position]! ^ 0xff;
  return gzip;
}
