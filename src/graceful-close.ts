import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Longer than any statement may take by default. */
const GRACE_MS = 15_000;

/** How long a connection that has been used before may still bring a request, whose answer then says that it is the last. */
const LAST_REQUEST_MS = 1_000;

/**
 * Makes closing wait for the requests that run, and for nothing else. No new connection is taken. One that is open is not
 * closed under a client that has just sent a request on it: it gets an answer with `Connection: close`, and what stays
 * idle is closed a moment later. Connections on which nothing ever came, as browsers open them in advance, do not count as
 * idle for Node and would keep the server for a minute.
 */
export function closeGracefully(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let running = 0;
  let isClosing = false;
  let isLastCall = false;
  const closeWhenDone = () => {
    if (isClosing && !isLastCall && running === 0) fastify.server.closeAllConnections();
  };
  fastify.addHook('onRequest', (_request, reply, done) => {
    running++;
    reply.raw.once('close', () => {
      running--;
      closeWhenDone();
    });
    done();
  });
  // Also of requests that came before the server was told to close.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('Connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    isClosing = isLastCall = true;
    // Node's close would end idle connections at once.
    fastify.server.closeIdleConnections = () => undefined;
    setTimeout(() => {
      isLastCall = false;
      closeWhenDone();
    }, LAST_REQUEST_MS).unref();
    setTimeout(() => fastify.server.closeAllConnections(), GRACE_MS).unref();
    done();
  });
}
