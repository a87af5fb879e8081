import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Maximum time to wait for running requests: longer than the default timeout of statements. */
const GRACE_MS = 15_000;

/** How long a connection may still deliver a request after closing has begun. */
const LAST_REQUEST_MS = 1_000;

/**
 * Makes `app.close()` wait for running requests, and for nothing else.
 *
 * New connections are refused. An open one is not closed at once, since its client may just have sent a request: the
 * request is answered with `Connection: close`, and connections that stay idle are closed a moment later. Connections
 * that have never delivered a request, which browsers open in advance, are not idle to Node.js and would keep the
 * server open for a minute.
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
  // Set on the response, since the request may have arrived before closing began.
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('Connection', 'close');
    done();
  });
  fastify.addHook('preClose', (done) => {
    isClosing = isLastCall = true;
    // Called by Node.js when the server closes, which would end idle connections at once.
    fastify.server.closeIdleConnections = () => undefined;
    setTimeout(() => {
      isLastCall = false;
      closeWhenDone();
    }, LAST_REQUEST_MS).unref();
    setTimeout(() => fastify.server.closeAllConnections(), GRACE_MS).unref();
    done();
  });
}
