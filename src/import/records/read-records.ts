import { isBinary, NOT_TEXT } from '../bytes/forms';
import { type Bytes, peek } from '../bytes/peek';
import type { Batch } from '../message-row';
import type { ColumnMapping } from '../rows/column.mapping';
import { readCsv } from './csv.reader';
import { findSeparator, hasHeader, headerOf } from './csv.separator';
import { readJson } from './json.reader';
import { jsonTexts, ndjsonTexts } from './json.texts';

const MAXIMUM_HEADER_BYTES = 65_536;
const TAR = { magic: 'ustar', offset: 257 };

/**
 * Reads the rows of JSON, which begins with a bracket, or CSV.
 *
 * @throws Error if the file is neither, as its first bytes show
 */
export async function* readRecords(text: Bytes, mapping: ColumnMapping): AsyncGenerator<Batch> {
  const { head: bytes, all } = await peek(text, isEnough);
  const head = bytes.toString();
  if (head.startsWith(TAR.magic, TAR.offset)) throw new Error('is a tar archive; unpack it first: tar -xf FILE');
  if (isBinary(Buffer.from(headerOf(head)))) throw new Error(NOT_TEXT);
  if (/^\s*[{[]/.test(head)) yield* readJson(isNdjson(head) ? ndjsonTexts(all) : jsonTexts(all), mapping);
  else yield* readCsv(all, findSeparator(head), mapping);
}

/** Whether the first line is complete. Other JSON is an array, or has objects over several lines. */
function isNdjson(head: string): boolean {
  return /^\{.*\}\s*$/.test(headerOf(head).trim());
}

/** Whether the beginning is enough to tell the format and the separator, or longer than any header. */
function isEnough(head: Buffer): boolean {
  return head.length >= MAXIMUM_HEADER_BYTES || hasHeader(head.toString('latin1'));
}
