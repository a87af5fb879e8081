import type { IncomingMessage } from 'node:http';
import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';

/**
 * Reads the body of a request as JSON in UTF-8, whatever type it claims to have. The server itself parses no bodies, so a route
 * that takes one reads it only once the request is allowed.
 *
 * @throws PayloadTooLargeException, BadRequestException
 */
export async function readJsonBody(request: IncomingMessage, maximumBytes: number): Promise<unknown> {
  const bytes = await readBytes(request, maximumBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw new BadRequestException(`The body must be JSON in UTF-8: ${(error as Error).message}`);
  }
}

async function readBytes(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const tooLarge = () => new PayloadTooLargeException(`The body must have at most ${maximumBytes} bytes`);
  if (Number(request.headers['content-length']) > maximumBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The rest of a body that is too large is discarded by Node.js; to destroy the stream would cut off the response.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maximumBytes) break;
      chunks.push(chunk);
    }
  } catch {
    throw new BadRequestException('The body did not arrive');
  }
  if (size > maximumBytes) throw tooLarge();
  return Buffer.concat(chunks);
}
