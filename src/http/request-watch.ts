import { principalOf } from '@chat-reports/nestjs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestContext } from './request-context';

/**
 * A finished request, as it is logged and counted. Nothing in it is made up by the client, except a validated
 * `requestId`.
 */
export interface FinishedRequest {
  requestId: string;
  method: string;
  /** Pattern of the path, such as `/admin/*`; undefined if there is no such route. */
  route?: string;
  /** Set only if the principal has access to it. */
  organization?: string;
  status: number;
  durationMs: number;
}

type RequestObserver = (request: FinishedRequest) => void;

/** The status that nginx logs if the client disconnects before it has the response. */
const CLIENT_CLOSED_REQUEST = 499;

/** Adds the ID of the request to every response, and notifies observers of finished requests. */
export class RequestWatch {
  private readonly observers: RequestObserver[] = [];

  add(observer: RequestObserver): void {
    this.observers.push(observer);
  }

  /** Fastify's `onRequest` hook. */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    void reply.header('X-Request-Id', request.id);
    this.observe(request, reply, () => request.routeOptions.url);
    requestContext.run({ requestId: request.id }, done);
  };

  /**
   * Notifies the observers once a request is finished.
   *
   * @param routeOf called when the request is finished
   */
  observe(request: FastifyRequest, { raw: response }: FastifyReply, routeOf: () => string | undefined): void {
    const startedAtMs = performance.now();
    // Emitted once, whether the response was sent or the client disconnected.
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

/** The organization in the path, if the guard has found that the principal has access to it. */
function organizationOf(request: FastifyRequest): string | undefined {
  const { orgId } = (request.params ?? {}) as { orgId?: string };
  return orgId !== undefined && principalOf(request)?.organizationIds.includes(orgId) ? orgId : undefined;
}
