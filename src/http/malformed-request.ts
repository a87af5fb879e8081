import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';

/** Statuses for the error codes of Node's HTTP parser. All other errors are bad requests. */
const STATUSES: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const HEAD = Buffer.from('HEAD ');

/**
 * Answers data that is not valid HTTP, and closes the connection. The response announces this: otherwise a client could
 * send its next request on the connection, and lose it.
 */
export function answerMalformedRequest({ code = '', rawPacket }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const statusCode = STATUSES[code] ?? 400;
  const error = STATUS_CODES[statusCode]!;
  const body = JSON.stringify({ statusCode, message: error, error });
  const headers = `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close`;
  // A response to HEAD has no body: the client would take it for the start of the next response.
  // The packet is a buffer, although Fastify declares it as the JSON of one.
  const isHead = (rawPacket as unknown as Buffer | undefined)?.subarray(0, 5).equals(HEAD) ?? false;
  socket.end(`HTTP/1.1 ${statusCode} ${error}\r\n${headers}\r\n\r\n${isHead ? '' : body}`);
  // The client may keep its side open.
  socket.destroySoon();
}
