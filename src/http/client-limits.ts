import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { Server } from 'node:http';

/** Limits to what clients may use of the server. */
export interface ClientLimits {
  /** Open connections of all clients; further ones are refused. Default 1,000. */
  connections: number;
  /** Time from the first byte of a request to its last, in milliseconds. Default 15,000. */
  requestTimeoutMs: number;
  /**
   * Time that a connection may be idle while a request runs, in milliseconds. Default: a minute after a statement's
   * timeout.
   */
  idleTimeoutMs: number;
}

/**
 * Bodies are not parsed. The only route that accepts one reads it itself, with a limit of its own, once it has
 * authenticated the client.
 */
const BODY_LIMIT_BYTES = 1_024;

/** Node.js looks for requests that take too long this often, in milliseconds. */
const MAXIMUM_CHECK_INTERVAL_MS = 1_000;

/** Node.js treats a longer time as no limit. */
const MAXIMUM_TIMER_MS = 2 ** 31 - 1;

/** @param statementTimeoutMs how long a client may have to wait for the first byte of a response */
export function completeLimits(limits: Partial<ClientLimits>, statementTimeoutMs = 0): ClientLimits {
  const idleTimeoutMs = Math.min(statementTimeoutMs + 60_000, MAXIMUM_TIMER_MS);
  return { connections: 1_000, requestTimeoutMs: 15_000, idleTimeoutMs, ...limits };
}

/** Options for Fastify that end requests that do not arrive completely and responses that are not read. */
export function limitTimes({ requestTimeoutMs, idleTimeoutMs }: ClientLimits): FastifyHttpOptions<Server> {
  return {
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleTimeoutMs,
    http: {
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(requestTimeoutMs, MAXIMUM_CHECK_INTERVAL_MS),
    },
  };
}

/** Limits the connections, and ignores bodies: they are neither parsed nor kept. */
export function limitResources(fastify: FastifyInstance, { connections }: ClientLimits): void {
  fastify.server.maxConnections = connections;
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, _body, done) => done(null));
}
