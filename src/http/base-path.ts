import type { FastifyInstance } from 'fastify';

/** A path or query that directly follows the base path, or nothing. */
const REST = /^(?:[/?]|$)/;

/**
 * Removes the base path from the address of a request, unless the proxy in front has already done so.
 *
 * @param basePath `/tools/chat`, or empty for none
 */
export function removeBasePath(url: string, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (!REST.test(rest)) return url;
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Adds the base path to redirects, in which the server gives its own paths. */
export function redirectBelow(basePath: string, fastify: FastifyInstance): void {
  if (basePath === '') return;
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && location.startsWith('/')) reply.header('location', basePath + location);
    done();
  });
}
