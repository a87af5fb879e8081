import fc from 'fast-check';

export const HEADER = 'organization_id,channel,session_id,created_at,id';
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
export type Row = Record<string, unknown>;
export const messages = fc.uniqueArray(message, { minLength: 1, maxLength: 30, selector: ({ id }) => id });

export const toCsv = (rows: Row[]) =>
  [
    HEADER,
    ...rows.map((row) =>
      HEADER.split(',')
        .map((name) => `"${String(row[name]).replaceAll('"', '""')}"`)
        .join(','),
    ),
  ].join('\n');
export const toNdjson = (rows: Row[]) => rows.map((row) => JSON.stringify(row)).join('\n');
export const form = fc.constantFrom(toCsv, toNdjson);

/** Random changes of the bytes of a file: what a bad disk, a bad editor or a bad transfer leaves behind. */
export const mutation: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
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
