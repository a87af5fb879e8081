import { LineError } from '../line.error';
import type { Bytes } from './peek';

/** UTF-16 in one of its byte orders. */
export type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * Converts UTF-16 to UTF-8 without a byte order mark.
 *
 * @throws LineError for the first invalid line
 */
export async function* transcodeUtf16(bytes: Bytes, encoding: Utf16): AsyncGenerator<Buffer> {
  const check = new TextDecoder(encoding, { fatal: true });
  // Invalid characters are replaced, so that the line they are in can be found.
  const decoder = new TextDecoder(encoding);
  let lineFeeds = 0;
  const transcode = (...input: Parameters<typeof decoder.decode>): Buffer => {
    const text = decoder.decode(...input);
    try {
      check.decode(...input);
    } catch {
      throw new LineError(1 + lineFeeds + countLineFeeds(text.split('\ufffd')[0]!), 'is not UTF-16');
    }
    lineFeeds += countLineFeeds(text);
    return Buffer.from(text);
  };
  for await (const chunk of bytes) yield transcode(chunk, { stream: true });
  yield transcode();
}

function countLineFeeds(text: string): number {
  return text.split('\n').length - 1;
}
