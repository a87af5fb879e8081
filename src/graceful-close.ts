import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Longer than any statement may take by default. */
const GRACE_MS = 15_000;

/**
 * Makes closing wait for the requests that run, and for nothing else. Connections on which none ever came, as browsers
 * open them in advance, do not count as idle for Node and would keep the server for a minute.
 */
export function closeGracefully(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let running = 0;
  let isClosing = false;
  const closeConnections = () => fastify.server.closeAllConnections();
  fastify.addHook('onRequest', (_request, reply, done) => {
    running++;
    reply.raw.once('close', () => {
      running--;
      if (isClosing && running === 0) closeConnections();
    });
    done();
  });
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    setTimeout(closeConnections, running === 0 ? 0 : GRACE_MS).unref();
    done();
  });
}
