import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** How long browsers may cache the response to a preflight request. */
const PREFLIGHT_MAX_AGE_SECONDS = 600;

/**
 * Enables CORS, so that pages of other origins can send requests with a token. Browsers send no cookies with them.
 *
 * @param origins allowed origins; default: none
 */
export function allowOrigins(app: NestFastifyApplication, origins: string[] = []): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: origins,
    methods: ['GET', 'HEAD'],
    allowedHeaders: ['Accept', 'Authorization', 'X-Request-Id'],
    exposedHeaders: ['Content-Disposition', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    credentials: false,
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  });
}
