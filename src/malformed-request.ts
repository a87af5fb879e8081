import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';

/** What Node's parser says of a request, and the status that it means. Everything else is a bad request. */
const STATUSES: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const HEAD = Buffer.from('HEAD ');

/**
 * Answers what is no HTTP, and closes the connection. The answer says that it does: a client that keeps connections
 * would send its next request on this one, and lose it.
 */
export function answerMalformedRequest({ code = '', rawPacket }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const statusCode = STATUSES[code] ?? 400;
  const error = STATUS_CODES[statusCode]!;
  const body = JSON.stringify({ statusCode, message: error });
  const headers = `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close`;
  // An answer to HEAD has no body, and a client that gets one loses count.
  // What Fastify declares as JSON of a buffer is the buffer.
  const isHead = (rawPacket as unknown as Buffer | undefined)?.subarray(0, 5).equals(HEAD) ?? false;
  socket.end(`HTTP/1.1 ${statusCode} ${error}\r\n${headers}\r\n\r\n${isHead ? '' : body}`);
}
