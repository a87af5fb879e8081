import { type Bytes, peek } from './peek';
import { transcodeUtf16, type Utf16 } from './utf16';
import { checkUtf8 } from './utf8';

/** Enough for a byte order mark, or for two characters of UTF-16. */
const HEAD_BYTES = 4;

/** Converts text in UTF-8 or UTF-16, with or without a byte order mark, to valid UTF-8 without one. */
export async function decode(bytes: Bytes): Promise<Bytes> {
  const { head, all } = await peek(bytes, ({ length }) => length >= HEAD_BYTES);
  const utf16 = findUtf16(head);
  return utf16 === undefined ? checkUtf8(all) : transcodeUtf16(all, utf16);
}

/** Without a mark, UTF-16 is recognized by its first two characters, which are ASCII in CSV and JSON. */
function findUtf16(head: Buffer): Utf16 | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [...head.subarray(0, HEAD_BYTES)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return zeros === 'x0x0' ? 'utf-16le' : zeros === '0x0x' ? 'utf-16be' : undefined;
}
