import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from './request-context';

/** What is told of a request: nothing that a client has made up, but the name of the request, which is checked. */
export interface FinishedRequest {
  requestId: string;
  method: string;
  /** The pattern of the path, as `/admin/*`; undefined where nothing is served. */
  route?: string;
  /** Only where the caller has proved to belong to it. */
  organization?: string;
  status: number;
  durationMs: number;
}

type RequestObserver = (request: FinishedRequest) => void;

/** As nginx logs it; the client was gone before its answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** Names every request in its answer, and tells the observers when one is over. */
export class RequestWatch {
  private readonly observers: RequestObserver[] = [];

  add(observer: RequestObserver): void {
    this.observers.push(observer);
  }

  /** A hook of Fastify's. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    void reply.header('X-Request-Id', request.id);
    this.observe(request, reply, () => request.routeOptions.url);
    requestContext.run({ requestId: request.id }, done);
  };

  /** @param routeOf is asked when the request is over */
  observe(request: FastifyRequest, { raw: response }: FastifyReply, routeOf: () => string | undefined): void {
    const startedAtMs = performance.now();
    // Fires once, whether the answer was sent or the client hung up.
    response.once('close', () => {
      const finished = {
        requestId: request.id,
        method: request.method,
        route: routeOf(),
        organization: organizationOf(request),
        status: response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST,
        durationMs: Math.round((performance.now() - startedAtMs) * 10) / 10,
      };
      for (const observe of this.observers) observe(finished);
    });
  }
}

/** The organization in the path, if the guard has let its caller in. */
function organizationOf({ params, ...request }: FastifyRequest): string | undefined {
  const { orgId } = (params ?? {}) as { orgId?: string };
  const { user } = request as { user?: { organizationIds?: unknown } };
  const own = user?.organizationIds;
  return orgId !== undefined && Array.isArray(own) && own.includes(orgId) ? orgId : undefined;
}
