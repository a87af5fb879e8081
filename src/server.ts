import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { BearerOptions } from '@chat-reports/nestjs';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { serveAdminPage } from './admin-page';
import { serveApiDocument } from './api-document';
import { AppModule, type AppOptions } from './app.module';
import { migrate, withDataSource } from './database/data-source';
import { openDatabase } from './database/open-database';
import type { Environment } from './environment';
import { loadSample } from './sample/load-sample';
import { closeGracefully } from './graceful-close';
import { sendSecurityHeaders } from './security-headers';
import { readBearerOptions } from './tokens/bearer-options';

const LOG_LEVELS: LogLevel[] = ['warn', 'error', 'fatal'];

/** The longest organization that can be imported, when each of its characters is escaped. */
const MAXIMUM_PARAMETER_LENGTH = 255 * 12;

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
    const { STATEMENT_TIMEOUT_MS: statementTimeoutMs, HOST: host, PORT: port } = environment;
    const app = await createApplication({ databaseUrl: database.url, statementTimeoutMs, auth });
    await listen(app, port, host);
    return { address: await app.getUrl(), auth, close: () => app.close().finally(() => database.close()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Makes the application, not yet listening. */
export async function createApplication(options: AppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    routerOptions: { maxParamLength: MAXIMUM_PARAMETER_LENGTH },
    // What the router refuses is answered in the same shape as everything else.
    frameworkErrors: answerFrameworkError,
    // What comes on an open connection while the server closes is still answered.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(options), adapter, {
    logger: LOG_LEVELS,
    abortOnError: false,
  });
  closeGracefully(app);
  await sendSecurityHeaders(app);
  await serveAdminPage(app);
  await serveApiDocument(app);
  return app;
}

function answerFrameworkError(
  { statusCode = 400, message }: Error & { statusCode?: number },
  _request: unknown,
  { raw }: { raw: ServerResponse },
): void {
  raw.writeHead(statusCode, { 'Content-Type': 'application/json; charset=utf-8' });
  raw.end(JSON.stringify({ statusCode, message, error: STATUS_CODES[statusCode] }));
}

async function listen(app: NestFastifyApplication, port: number, host: string): Promise<void> {
  // Nest would log a failure that is reported in one line.
  app.useLogger(false);
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw isTaken ? new Error(`PORT ${port} is in use on ${host}: set another`, { cause: error }) : error;
  }
  app.useLogger(new ConsoleLogger({ logLevels: LOG_LEVELS }));
}
