import type { Bytes } from '../bytes/peek';

/** Yields lines of UTF-8 in batches. A line longer than the maximum is cut off at what has been read so far. */
export async function* linesOf(text: Bytes, maximumLength: number): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield lines;
    if (rest.length > maximumLength) yield [rest];
  }
  yield [rest];
}
