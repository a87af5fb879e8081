import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { damaged, explainForm, GZIP, hasMagic, LONGEST_MAGIC, ZIP, ZSTD } from './forms';
import { type Bytes, peek } from './peek';

/** Node.js has this function since 22.15; the types are those of the oldest supported version. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

/**
 * Decompresses gzip and zstd, recognized by their first bytes, and passes everything else through.
 *
 * @throws Error that says which command unpacks a file that is compressed otherwise
 */
export async function unpack(packed: Bytes): Promise<Bytes> {
  const { head, all } = await peek(packed, ({ length }) => length >= LONGEST_MAGIC);
  if (hasMagic(head, GZIP)) return transform(all, zlib.createGunzip());
  if (hasMagic(head, ZSTD)) {
    if (createZstdDecompress !== undefined) return transform(all, createZstdDecompress());
    throw new Error(`is zstd, which Node ${process.versions.node} cannot read; unpack it first: zstd -d FILE`);
  }
  // The directory of an archive is at its end.
  if (hasMagic(head, ZIP)) throw new Error('is a zip archive, which is read only from a file of its own');
  const refusal = explainForm(head);
  if (refusal !== undefined) throw new Error(refusal);
  return all;
}

async function* transform(bytes: Bytes, transformation: Transform): AsyncGenerator<Buffer> {
  // An error in the bytes destroys the transformation, and thus reaches the reader.
  const unpacked: Bytes = pipeline(Readable.from(bytes), transformation, () => undefined);
  try {
    yield* unpacked;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Codes of errors in compressed bytes begin with Z_ or ZSTD_.
    throw code?.startsWith('Z') ? damaged(message) : error;
  }
}
