import type { Logger } from 'pino';
import type { FinishedRequest } from '../requests/request-watch';

/** Writes a line for each request. Those of probes, which come every few seconds, are for who looks for them. */
export function logRequests(logger: Logger): (request: FinishedRequest) => void {
  return (request) => {
    if (request.status >= 500) logger.warn(request, 'request');
    else if (request.route?.startsWith('/health/')) logger.debug(request, 'request');
    else logger.info(request, 'request');
  };
}
