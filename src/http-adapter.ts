import { STATUS_CODES } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerMalformedRequest } from './malformed-request';
import { requestIdOf } from './requests/request-id';
import type { RequestWatch } from './requests/request-watch';

/** The longest organization that can be imported, when each of its characters is escaped. */
const MAXIMUM_PARAMETER_LENGTH = 255 * 12;

/**
 * Fastify under Nest, with every request watched.
 *
 * @param trustedProxies addresses and ranges of proxies whose `X-Forwarded-For` is believed
 */
export function createAdapter(watch: RequestWatch, trustedProxies: string[] = []): FastifyAdapter {
  const adapter = new FastifyAdapter({
    routerOptions: { maxParamLength: MAXIMUM_PARAMETER_LENGTH },
    // What the router refuses is answered in the same shape as everything else.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerFrameworkError(error, request, reply, watch),
    clientErrorHandler: answerMalformedRequest,
    // What comes on an open connection while the server closes is still answered.
    return503OnClosing: false,
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    genReqId: requestIdOf,
  });
  adapter.getInstance().addHook('onRequest', watch.onRequest);
  return adapter;
}

/** Such a request has no route, and no hook sees it. */
function answerFrameworkError(
  { statusCode = 400, message }: Error & { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
  watch: RequestWatch,
): void {
  watch.observe(request, reply, () => undefined);
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'X-Request-Id': request.id };
  reply.raw.writeHead(statusCode, headers);
  reply.raw.end(JSON.stringify({ statusCode, message, error: STATUS_CODES[statusCode] }));
}
