import fc from 'fast-check';
import { parseCsv } from './csv.parser';
import type { Separator } from './csv.separator';

const SEPARATORS: Separator[] = [',', ';', '\t', '|'];

async function parse(chunks: Buffer[], separator: Separator = ',') {
  async function* text() {
    // Asynchronous, as in reading a file.
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const batches = [];
  for await (const batch of parseCsv(text(), separator)) batches.push(batch);
  return batches.flat();
}

/** Cuts text into chunks, also within characters and line ends. */
function cut(text: string, places: number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((one, other) => one - other);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const needsQuotes = (value: string) => /["\r\n,;|\t]/.test(value);
const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
const spaces = fc.constantFrom('', '', ' ', '  ');

const plain = fc.string({ unit: fc.constantFrom('a', 'é', '🙂', ' ', "'", '\\', '\0'), maxLength: 5 });
const content = fc.oneof(
  { weight: 9, arbitrary: plain.map((content) => ({ content, isQuoted: false })) },
  fc
    .string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\r\n', '🙂'), maxLength: 5 })
    .map((content) => ({ content, isQuoted: needsQuotes(content) })),
  plain.map((content) => ({ content, isQuoted: true })),
);
const value = fc.record({ value: content, before: spaces, after: spaces }).map(({ value, before, after }) => ({
  text: `${before}${value.isQuoted ? quote(value.content) : value.content}${after}`,
  content: value.isQuoted ? value.content : value.content.trim(),
}));
const record = fc.record({
  values: fc.array(value, { minLength: 2, maxLength: 4 }),
  lineEnd: fc.constantFrom('\n', '\n', '\r\n', '\r'),
});

describe('parseCsv', () => {
  it('finds the values without the spaces around them, wherever quotes begin and chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...SEPARATORS),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (records, separator, endsLine, places) => {
          const lines = records.map(({ values, lineEnd }, index) => {
            const cells = values.map(({ text }) => text);
            return cells.join(separator) + (endsLine || index < records.length - 1 ? lineEnd : '');
          });
          const found = await parse(cut(lines.join(''), places), separator);
          expect(found).toEqual(records.map(({ values }) => values.map(({ content }) => content)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads a Windows line end whose two characters come in two chunks', async () => {
    expect(await parse([Buffer.from('a,b\r'), Buffer.from('\nc,d\r\n')])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('reads the line ends of an old Mac, with which the whole file looks like one line', async () => {
    const text = 'a,b\r'.repeat(400_000);
    const records = await parse(cut(text, [500_000, 1_000_000]));
    expect(records.length).toBe(400_000);
    expect(records.every((found) => JSON.stringify(found) === '["a","b"]')).toBe(true);
  });

  it.each([
    ['without quotes', 'x'.repeat(1_100_000)],
    ['with a quote that is not closed', `"${'x'.repeat(1_100_000)}`],
  ])('gives an error for a row longer than a million %s, after the rows before it', async (_case, long) => {
    const [first, second] = await parse([Buffer.from('a,b\n'), Buffer.from(`${long}\n`)]);
    expect(first).toEqual(['a', 'b']);
    expect(second).toMatchObject({ reason: 'is longer than 1000000 characters' });
  });

  it('goes on after a line that is too long, which may come in many pieces', async () => {
    const text = `"a","b"\n"${'x'.repeat(2_500_000)}\r\nc,d\n`;
    const places = Array.from({ length: 30 }, (_, index) => index * 90_000);
    const records = await parse(cut(text, [...places, text.length - 5]));
    expect([records[0], records.length, records[2]]).toEqual([['a', 'b'], 3, ['c', 'd']]);
  });

  it.each(['\n', '\r\n'])('ends a row that is not CSV with its first line, in lines with %j', async (end) => {
    const lines = [
      '1,"a"',
      '2,say "hi", "you"',
      '3,"b"',
      '4,"c',
      '5,d"x',
      '6,"e"f"',
      '7,""8"',
      '9,"f',
      'g"',
      '10,"h',
      '11,i',
    ];
    const found = await parse(cut(lines.join(end), [3, 20, 21, 22, 40]));
    expect(found).toEqual([
      ['1', 'a'],
      { reason: 'is not CSV: value 2 has a quote after its start', text: '2,say "hi", "you"' },
      ['3', 'b'],
      { reason: 'is not CSV: value 2 has a quote before its end', text: '4,"c' },
      { reason: 'is not CSV: value 2 has a quote after its start', text: '5,d"x' },
      { reason: 'is not CSV: value 2 has a quote before its end', text: '6,"e"f"' },
      { reason: 'is not CSV: value 2 has a quote before its end', text: '7,""8"' },
      ['9', `f${end}g`],
      { reason: 'is not CSV: a quote is not closed', text: '10,"h' },
      ['11', 'i'],
    ]);
  });

  it('closes the text if the reader of the records stops', async () => {
    let isClosed = false;
    async function* text() {
      try {
        for (;;) yield await Promise.resolve(Buffer.from('a,b\n'));
      } finally {
        isClosed = true;
      }
    }
    for await (const records of parseCsv(text(), ',')) {
      expect(records).toEqual([['a', 'b']]);
      break;
    }
    expect(isClosed).toBe(true);
  });
});
