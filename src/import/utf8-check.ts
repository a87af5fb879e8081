import { isUtf8 } from 'node:buffer';
import { Transform, type TransformCallback } from 'node:stream';
import { LineError } from './line.error';

const LINE_FEED = 0x0a;

/** Passes text on as it is, without a byte order mark, and stops at the first line that is not UTF-8. */
export class Utf8Check extends Transform {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private lineFeeds = 0;
  private isFirst = true;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.decoder.decode(chunk, { stream: true });
    } catch {
      return done(new LineError(1 + this.lineFeeds + lineOfInvalid(chunk), 'is not UTF-8'));
    }
    for (const byte of chunk) if (byte === LINE_FEED) this.lineFeeds++;
    const hasMark = this.isFirst && chunk.subarray(0, 3).equals(Buffer.from('\ufeff'));
    this.isFirst = false;
    done(null, hasMark ? chunk.subarray(3) : chunk);
  }

  override _flush(done: TransformCallback): void {
    try {
      this.decoder.decode();
      done();
    } catch {
      done(new LineError(1 + this.lineFeeds, 'is not UTF-8'));
    }
  }
}

/** Which line of a chunk, counted from 0, is not UTF-8. The first line may begin within a character. */
function lineOfInvalid(chunk: Buffer): number {
  let start = 0;
  while (start < 3 && (chunk[start]! & 0xc0) === 0x80) start++;
  for (let line = 0; ; line++) {
    const end = chunk.indexOf(LINE_FEED, start);
    if (end === -1 || !isUtf8(chunk.subarray(start, end))) return line;
    start = end + 1;
  }
}
