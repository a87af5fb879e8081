import type { BearerOptions } from '@chat-reports/nestjs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AppModule, type AppOptions } from './app.module';
import { readBearerOptions } from './auth/bearer-options';
import type { Environment } from './config/environment';
import { checkConnection } from './database/check-connection';
import { FIRST_CONNECTION_TIMEOUT_MS, withDataSource } from './database/data-source';
import { LateDatabase } from './database/late-database';
import { expectDatabase, openDatabase } from './database/open-database';
import { serveAdminPage } from './http/admin-page';
import { serveApiDocument } from './http/api-document';
import { type ClientLimits, completeLimits } from './http/client-limits';
import { compressResponses } from './http/compression';
import { allowOrigins } from './http/cors';
import { createAdapter } from './http/fastify.adapter';
import { closeGracefully } from './http/graceful-close';
import { explainListenError } from './http/listen-error';
import { RequestWatch } from './http/request-watch';
import { sendSecurityHeaders } from './http/security-headers';
import { createLogger } from './logging/logger';
import { NestLogger } from './logging/nest.logger';
import { logRequests } from './logging/request.log';
import { Metrics } from './metrics/metrics';
import { MetricsOptions, MetricsServer } from './metrics/metrics.server';
import { loadSample } from './sample/load-sample';

/** Options of the modules and of the HTTP server around them. */
export interface ApplicationOptions extends AppOptions {
  /** Where to log; default: nowhere. */
  log?: Logger;
  /** Addresses and address ranges of proxies whose `X-Forwarded-For` is trusted; default: none. */
  trustedProxies?: string[];
  /** Path below which a proxy serves the application, such as `/tools/chat`; default: none. */
  basePath?: string;
  /** Allowed CORS origins; default: none. */
  corsOrigins?: string[];
  /** What clients may take of the server; default: see `ClientLimits`. */
  clients?: Partial<ClientLimits>;
  /** Whether to serve the page that browses the API; default: true. */
  servesApiDocs?: boolean;
}

/** A server that answers requests until it is closed. */
export interface Server {
  /** `http://127.0.0.1:3000` */
  address: string;
  /** `http://127.0.0.1:9090/metrics`, if there are metrics. */
  metricsAddress?: string;
  auth: BearerOptions;
  /** True once the database is open, which it already is unless the server has started without it; false if closed before. */
  databaseOpened: Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens the database, brings its schema up to date and starts the backend. In development, an empty embedded database
 * is filled with sample messages. With START_WITHOUT_DATABASE, the backend starts first and the rest follows.
 *
 * @param onStep called before each step that takes a while, with a line that describes it
 * @throws Error if a setting is missing, the database cannot be opened, or the port is in use
 */
export async function startServer(environment: Environment, onStep: (step: string) => void): Promise<Server> {
  const auth = await readBearerOptions(environment);
  if (environment.isEmbedded) onStep('Starting the embedded database …');
  const isDatabaseLate = environment.startsWithoutDatabase;
  const database = isDatabaseLate ? expectDatabase(environment) : await openDatabase(environment, { migrates: true });
  try {
    if (!(await database.acquireServerLock())) {
      throw new Error(`A server is already running on the data directory ${environment.DATA_DIR}`);
    }
    if (environment.loadsSample) await withDataSource(database.url, (dataSource) => loadSample(dataSource, onStep));
    if (environment.DATABASE_REPLICA_URL !== undefined && !isDatabaseLate) {
      await checkConnection('DATABASE_REPLICA_URL', environment.DATABASE_REPLICA_URL, FIRST_CONNECTION_TIMEOUT_MS);
    }
    const log = createLogger(environment.logLevel);
    const app = await createApplication({
      ...optionsOf(environment),
      databaseUrl: database.url,
      isDatabaseLate,
      auth,
      log,
    });
    await listen(app, log, environment.PORT, environment.HOST);
    const metricsAddress =
      environment.METRICS_PORT === undefined ? undefined : app.get(MetricsServer, { strict: false }).url;
    return {
      address: await app.getUrl(),
      metricsAddress,
      auth,
      databaseOpened: isDatabaseLate ? app.get(LateDatabase, { strict: false }).open() : Promise.resolve(true),
      close: () => app.close().finally(() => database.close()),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function optionsOf(environment: Environment): Omit<ApplicationOptions, 'databaseUrl' | 'isDatabaseLate' | 'auth'> {
  return {
    connections: {
      replicaUrl: environment.DATABASE_REPLICA_URL,
      maximumReplicaLagMs: environment.maximumReplicaLagMs,
      statementTimeoutMs: environment.STATEMENT_TIMEOUT_MS,
      poolSize: environment.DATABASE_POOL_SIZE,
    },
    rollups: environment.usesRollups ? { isSealing: true } : undefined,
    limits: {
      rangeDays: environment.MAX_RANGE_DAYS || Infinity,
      rows: environment.MAX_ROWS || Infinity,
      ...(environment.MAX_CONCURRENT_REPORTS !== undefined && { concurrency: environment.MAX_CONCURRENT_REPORTS }),
    },
    clients: { connections: environment.MAX_CONNECTIONS },
    rateLimit: {
      perAddress: environment.RATE_LIMIT_PER_ADDRESS,
      perToken: environment.RATE_LIMIT_PER_TOKEN,
      redisUrl: environment.REDIS_URL,
    },
    metrics: metricsOptionsOf(environment),
    conversationUrl: environment.CONVERSATION_URL,
    trustedProxies: environment.trustedProxies,
    basePath: environment.BASE_PATH,
    corsOrigins: environment.corsOrigins,
    servesApiDocs: environment.servesApiDocs,
  };
}

function metricsOptionsOf({ METRICS_HOST: host, METRICS_PORT: port }: Environment): MetricsOptions | undefined {
  return port === undefined ? undefined : new MetricsOptions(host, port);
}

/** Creates the application without listening. */
export async function createApplication({
  log = createLogger('silent'),
  trustedProxies,
  basePath,
  corsOrigins,
  clients = {},
  servesApiDocs,
  ...options
}: ApplicationOptions): Promise<NestFastifyApplication> {
  const watch = new RequestWatch();
  watch.add(logRequests(log));
  const adapter = createAdapter(
    watch,
    completeLimits(clients, options.connections?.statementTimeoutMs),
    trustedProxies,
    basePath,
  );
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(options), adapter, {
    logger: new NestLogger(log),
    abortOnError: false,
    // The only route that takes a body reads it itself.
    bodyParser: false,
  });
  if (options.metrics) watch.add(app.get(Metrics, { strict: false }).countRequest);
  closeGracefully(app);
  allowOrigins(app, corsOrigins);
  await sendSecurityHeaders(app);
  await compressResponses(app);
  await serveAdminPage(app);
  await serveApiDocument(app, { basePath, hasPage: servesApiDocs });
  return app;
}

async function listen(app: NestFastifyApplication, log: Logger, port: number, host: string): Promise<void> {
  // Nest would log a failure here, which the process already reports.
  app.useLogger(false);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw explainListenError(error, 'PORT', port, host);
  }
  app.useLogger(new NestLogger(log));
}
