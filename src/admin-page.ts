import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Where the build puts the page. */
const FILES = join(dirname(require.resolve('@chat-reports/admin/package.json')), 'dist');

/** Serves the admin page at `/admin/`, to which the root leads. It is public: it holds no data, and asks the guarded API for them. */
export async function serveAdminPage(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyStatic, {
    root: FILES,
    prefix: '/admin',
    redirect: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The names of assets tell their content, so another content has another name.
      const isAsset = path.startsWith(join(FILES, 'assets'));
      void reply.header('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .get('/', (_request, reply) => reply.redirect('/admin/'));
}
