import type { ServerResponse } from 'node:http';
import { type ExecutionContext, HttpException } from '@nestjs/common';

/** An Express response, which is Node's, or a Fastify reply, which holds Node's in `raw`. */
type FrameworkResponse = ServerResponse & { raw?: ServerResponse };

/** The status that nginx logs in this case. No client receives it. */
const CLIENT_CLOSED_REQUEST = 499;

/** The end of an exchange with a client. */
interface Ending {
  /** Aborted if the client disconnects before it has its response. */
  disconnect: AbortSignal;
  /** Resolves when the response has been sent, or the client has disconnected. */
  closed: Promise<void>;
}

const endings = new WeakMap<ServerResponse, Ending>();

/**
 * Observes the response of a request only once, however often this is called, because responses allow few listeners.
 */
export function endingOf(context: ExecutionContext): Ending {
  const given = context.switchToHttp().getResponse<FrameworkResponse>();
  const response = given.raw ?? given;
  let ending = endings.get(response);
  if (ending === undefined) endings.set(response, (ending = observe(response)));
  return ending;
}

function observe(response: ServerResponse): Ending {
  const controller = new AbortController();
  const closed = new Promise<void>((resolve) => {
    const end = () => {
      if (!response.writableFinished)
        controller.abort(new HttpException('Client closed request', CLIENT_CLOSED_REQUEST));
      resolve();
    };
    // The client may have disconnected while the guards ran.
    if (response.destroyed) end();
    else response.once('close', end);
  });
  return { disconnect: controller.signal, closed };
}
