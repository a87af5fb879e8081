import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What fits into a line of a log and can do no harm there. */
const SAFE = /^[\w.:/+=-]{1,64}$/;

/** What a request is called in the log: as the proxy in front has called it in `X-Request-Id`, or by a name of its own. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
