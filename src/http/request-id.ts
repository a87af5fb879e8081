import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** IDs that are short and harmless in a log. */
const SAFE = /^[\w.:/+=-]{1,64}$/;

/**
 * Returns the ID of a request for logs: its `X-Request-Id`, as set by a proxy, if that is safe to log, otherwise a new
 * UUID.
 */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
