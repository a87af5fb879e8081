import type { ServerResponse } from 'node:http';
import { createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common';

/** The response of Express, which is Node's, or of Fastify, which has Node's as `raw`. */
type FrameworkResponse = ServerResponse & { raw?: ServerResponse };

/** As nginx logs it; nobody is there to read it. */
const CLIENT_CLOSED_REQUEST = 499;

/** Gives a handler an AbortSignal that is aborted when the client hangs up before it has its answer. */
export const HangUp = createParamDecorator((_data: unknown, context: ExecutionContext): AbortSignal => {
  const answer = context.switchToHttp().getResponse<FrameworkResponse>();
  const response = answer.raw ?? answer;
  const controller = new AbortController();
  const hangUp = () => {
    if (!response.writableFinished) controller.abort(new HttpException('Client closed request', CLIENT_CLOSED_REQUEST));
  };
  // Guards may have waited for their answer longer than the client.
  if (response.destroyed) hangUp();
  else response.once('close', hangUp);
  return controller.signal;
});
