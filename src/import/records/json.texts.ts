import type { Bytes } from '../bytes/peek';
import { LineError } from '../line.error';
import { MAXIMUM_ROW_LENGTH } from '../message-row';
import { JsonObjects, type JsonText } from './json.objects';
import { linesOf } from './lines';

const TOO_LONG = `is longer than ${MAXIMUM_ROW_LENGTH} characters: JSON has one object for each message`;

/**
 * Yields the lines of NDJSON that are not blank, in batches.
 *
 * @throws LineError for a line that is too long
 */
export async function* ndjsonTexts(text: Bytes): AsyncGenerator<JsonText[]> {
  let line = 0;
  for await (const lines of linesOf(text, MAXIMUM_ROW_LENGTH)) {
    const texts: JsonText[] = [];
    for (const content of lines) {
      line++;
      if (content.length > MAXIMUM_ROW_LENGTH) {
        yield texts;
        throw new LineError(line, TOO_LONG);
      }
      if (content.trim() !== '') texts.push({ line, content });
    }
    yield texts;
  }
}

/**
 * Yields the objects of a JSON array, or objects one after another, in batches.
 *
 * @throws LineError for anything else than objects, and for an object that is too long or has no end
 */
export async function* jsonTexts(text: Bytes): AsyncGenerator<JsonText[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const objects = new JsonObjects();
  for await (const chunk of text) yield* objects.read(decoder.decode(chunk, { stream: true }));
  objects.end();
}
