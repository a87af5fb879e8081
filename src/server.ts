import type { BearerOptions } from '@chat-reports/nestjs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { serveAdminPage } from './admin-page';
import { serveApiDocument } from './api-document';
import { AppModule, type AppOptions } from './app.module';
import { allowOrigins } from './cross-origin';
import { migrate, withDataSource } from './database/data-source';
import { openDatabase } from './database/open-database';
import type { Environment } from './environment';
import { closeGracefully } from './graceful-close';
import { createAdapter } from './http-adapter';
import { createLogger } from './logging/logger';
import { NestLogger } from './logging/nest.logger';
import { logRequests } from './logging/request.log';
import { Metrics } from './metrics/metrics';
import { MetricsOptions } from './metrics/metrics.server';
import { RequestWatch } from './requests/request-watch';
import { loadSample } from './sample/load-sample';
import { sendSecurityHeaders } from './security-headers';
import { readBearerOptions } from './tokens/bearer-options';

/** What the modules need to know, and what surrounds them. */
export interface ApplicationOptions extends AppOptions {
  /** Where to log to; default: nowhere. */
  log?: Logger;
  /** Addresses and ranges of proxies whose `X-Forwarded-For` is believed. */
  trustedProxies?: string[];
  /** Other sites whose pages may ask. */
  corsOrigins?: string[];
}

/** A server that answers requests until it is closed. */
export interface Server {
  /** `http://127.0.0.1:3000` */
  address: string;
  auth: BearerOptions;
  close(): Promise<void>;
}

/**
 * Starts the backend with its database, whose schema it brings up to date. An embedded database without messages gets
 * the sample.
 *
 * @param tell is told what takes time
 */
export async function startServer(environment: Environment, tell: (step: string) => void): Promise<Server> {
  const auth = await readBearerOptions(environment);
  if (environment.isEmbedded) tell('Starting the embedded database …');
  const database = await openDatabase(environment);
  try {
    if (!(await database.becomeServer())) {
      throw new Error(`A server is already running on the data directory ${environment.DATA_DIR}`);
    }
    if (!environment.isEmbedded) await migrate(database.url);
    if (environment.wantsSample) await withDataSource(database.url, (dataSource) => loadSample(dataSource, tell));
    const log = createLogger(environment.logLevel);
    const app = await createApplication({ ...optionsOf(environment), databaseUrl: database.url, auth, log });
    await listen(app, log, environment.PORT, environment.HOST);
    return { address: await app.getUrl(), auth, close: () => app.close().finally(() => database.close()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function optionsOf(environment: Environment): Omit<ApplicationOptions, 'databaseUrl' | 'auth'> {
  const { STATEMENT_TIMEOUT_MS: statementTimeoutMs, DATABASE_POOL_SIZE: poolSize } = environment;
  const { RATE_LIMIT_PER_ADDRESS: perAddress, RATE_LIMIT_PER_TOKEN: perToken, REDIS_URL: redisUrl } = environment;
  const { METRICS_HOST: host, METRICS_PORT: port } = environment;
  const { trustedProxies, corsOrigins } = environment;
  const metrics = port === undefined ? undefined : new MetricsOptions(host, port);
  const rateLimit = { perAddress, perToken, redisUrl };
  const connections = { replicaUrl: environment.DATABASE_REPLICA_URL, statementTimeoutMs, poolSize };
  return { connections, trustedProxies, corsOrigins, rateLimit, metrics };
}

/** Makes the application, not yet listening. */
export async function createApplication({
  log = createLogger('silent'),
  trustedProxies,
  corsOrigins,
  ...options
}: ApplicationOptions): Promise<NestFastifyApplication> {
  const watch = new RequestWatch();
  watch.add(logRequests(log));
  const adapter = createAdapter(watch, trustedProxies);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(options), adapter, {
    logger: new NestLogger(log),
    abortOnError: false,
  });
  if (options.metrics) watch.add(app.get(Metrics, { strict: false }).countRequest);
  closeGracefully(app);
  allowOrigins(app, corsOrigins);
  await sendSecurityHeaders(app);
  await serveAdminPage(app);
  await serveApiDocument(app);
  return app;
}

async function listen(app: NestFastifyApplication, log: Logger, port: number, host: string): Promise<void> {
  // Nest would log a failure that is reported in one line.
  app.useLogger(false);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw isTaken ? new Error(`PORT ${port} is in use on ${host}: set another`, { cause: error }) : error;
  }
  app.useLogger(new NestLogger(log));
}
