import type { Logger } from 'pino';
import type { FinishedRequest } from '../http/request-watch';

/** Logs requests: server errors as warnings, and health probes, which come every few seconds, only at level `debug`. */
export function logRequests(logger: Logger): (request: FinishedRequest) => void {
  return (request) => {
    if (request.status >= 500) logger.warn(request, 'request');
    else if (request.route?.startsWith('/health/')) logger.debug(request, 'request');
    else logger.info(request, 'request');
  };
}
