import fc from 'fast-check';
import { JsonObjects, type JsonText } from './json.objects';

function find(pieces: string[]): JsonText[] {
  const objects = new JsonObjects();
  const found = pieces.flatMap((piece) => [...objects.read(piece)].flat());
  objects.end();
  return found;
}

function cut(text: string, places: number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((one, other) => one - other);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

const word = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', '}', '[', ']', ',', '\n', '🙂'), maxLength: 5 });
const { object } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, word, fc.integer(), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(word, tie('value'), { maxKeys: 3 }),
}));

describe('JsonObjects', () => {
  it('finds the objects and their lines, wherever pieces end', () => {
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 5 }),
        fc.constantFrom('', '\n', ' \r\n'),
        fc.constantFrom(undefined, 2),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 6 }),
        (objects, space, indent, isArray, places) => {
          const texts = objects.map((value) => JSON.stringify(value, null, indent));
          const [before, after] = isArray ? ['[', `${space}]\n`] : ['', space];
          const text = before + texts.map((content) => space + content).join(isArray ? ',' : '') + after;
          let line = 1;
          const expected = texts.map((content) => {
            line += space === '' ? 0 : 1;
            const first = line;
            line += content.split('\n').length - 1;
            return { line: first, content };
          });
          expect(find(cut(text, places))).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['[{"a":1},\n{"b":2}', 2, 'ends before its array does; copy the file again'],
    ['\n{"a":\n[1,', 2, 'begins an object without an end; copy the file again'],
    ['[\n7]', 2, 'is not a JSON object: "7]"'],
    ['[{}]\n[{}]', 2, 'is not a JSON object: "[{}]"'],
    ['[{}],', 1, 'is not a JSON object: ","'],
    ['[{}]{}', 1, 'is not a JSON object: "{}"'],
    ['{},{}', 1, 'is not a JSON object: ",{}"'],
    ['{"a":1}}', 1, 'is not a JSON object: "}"'],
    [
      `{"a":"${'x'.repeat(1_000_000)}`,
      1,
      'begins an object longer than 1000000 characters: JSON has one object for each message',
    ],
  ])('refuses %j', (text, line, message) => {
    expect(() => find([text])).toThrow(expect.objectContaining({ line, message }) as Error);
  });

  it('gives the objects before an error', () => {
    const objects = new JsonObjects();
    expect(objects.read('[{"a":1},7]').next().value).toEqual([{ line: 1, content: '{"a":1}' }]);
  });
});
