import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const PREFLIGHT_SECONDS = 600;

/**
 * Lets pages of other sites ask, with a token that they bring themselves: no cookie is ever sent along.
 *
 * @param origins exactly these; with none, no other site may ask
 */
export function allowOrigins(app: NestFastifyApplication, origins: string[] = []): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: origins,
    methods: ['GET', 'HEAD'],
    allowedHeaders: ['Accept', 'Authorization', 'X-Request-Id'],
    exposedHeaders: ['Content-Disposition', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    credentials: false,
    maxAge: PREFLIGHT_SECONDS,
  });
}
