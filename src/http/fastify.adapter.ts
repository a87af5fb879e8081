import { STATUS_CODES } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { redirectBelow, removeBasePath } from './base-path';
import { type ClientLimits, limitResources, limitTimes } from './client-limits';
import { removeForwardedPorts } from './forwarded-for';
import { answerMalformedRequest } from './malformed-request';
import { requestIdOf } from './request-id';
import type { RequestWatch } from './request-watch';
import { removeTrailingSlash } from './trailing-slash';

/** Enough for the longest organization ID that can be imported, with all its characters percent-encoded. */
const MAXIMUM_PARAMETER_LENGTH = 255 * 12;

/**
 * Creates Nest's adapter for Fastify.
 *
 * @param watch observes all requests
 * @param limits limits to what clients may use of the server
 * @param trustedProxies addresses and address ranges of proxies whose `X-Forwarded-For` is trusted
 * @param basePath path below which a proxy serves the application, with or without passing it on
 */
export function createAdapter(
  watch: RequestWatch,
  limits: ClientLimits,
  trustedProxies: string[] = [],
  basePath = '',
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    ...limitTimes(limits),
    rewriteUrl: ({ url = '/' }) => removeTrailingSlash(removeBasePath(url, basePath)),
    routerOptions: { maxParamLength: MAXIMUM_PARAMETER_LENGTH },
    // Gives errors of the router the same shape as all others.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerFrameworkError(error, request, reply, watch),
    clientErrorHandler: answerMalformedRequest,
    // A request that arrives on an open connection during shutdown is still answered.
    return503OnClosing: false,
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    genReqId: requestIdOf,
  });
  const fastify = adapter.getInstance();
  limitResources(fastify, limits);
  redirectBelow(basePath, fastify);
  fastify.addHook('onRequest', watch.onRequest);
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    removeForwardedPorts(raw.headers);
    done();
  });
  return adapter;
}

/** Answers a request that the router rejects. It has no route and does not run hooks, so it has to be observed here. */
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
