import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Output of the page's build. */
const FILES = join(dirname(require.resolve('@chat-reports/admin/package.json')), 'dist');

/**
 * Serves the admin page at `/admin/`, and redirects `/` to it. The page is public: it contains no data, but fetches it
 * from the guarded API.
 */
export async function serveAdminPage(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyStatic, {
    root: FILES,
    prefix: '/admin',
    redirect: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The name of an asset contains a hash of its content.
      const isAsset = path.startsWith(join(FILES, 'assets'));
      void reply.header('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .get('/', (_request, reply) => reply.redirect('/admin/'));
}
