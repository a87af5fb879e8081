/** The bytes of a file, in chunks. */
export type Bytes = AsyncIterable<Buffer>;

/**
 * Reads the first bytes until they are enough, or there are no more. A pipe may deliver them one by one.
 *
 * @returns `head`, these bytes, and `all`, all bytes from the first one on
 */
export async function peek(bytes: Bytes, isEnough: (head: Buffer) => boolean): Promise<{ head: Buffer; all: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (!isEnough(head)) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, all: continueFrom(head, iterator) };
}

/** The bytes that have been read, followed by all others. */
export async function* continueFrom(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
