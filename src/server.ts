import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type AppOptions } from './app.module';
import { migrate, withDataSource } from './database/data-source';
import { openDatabase } from './database/open-database';
import type { Environment } from './environment';
import { loadSample } from './sample/load-sample';
import { readJwtSecret } from './tokens/jwt-secret';

/** A server that answers requests until it is closed. */
export interface Server {
  /** `http://127.0.0.1:3000` */
  address: string;
  jwtSecret: string;
  close(): Promise<void>;
}

/**
 * Starts the backend with its database, whose schema it brings up to date. An embedded database without messages gets
 * the sample.
 *
 * @param tell is told what takes time
 */
export async function startServer(environment: Environment, tell: (step: string) => void): Promise<Server> {
  const jwtSecret = await readJwtSecret(environment);
  if (environment.isEmbedded) tell('Starting the embedded database …');
  const database = await openDatabase(environment);
  try {
    if (!(await database.becomeServer())) {
      throw new Error(`A server is already running on the data directory ${environment.DATA_DIR}`);
    }
    if (environment.isEmbedded) await withDataSource(database.url, (dataSource) => loadSample(dataSource, tell));
    else await migrate(database.url);
    const { STATEMENT_TIMEOUT_MS: statementTimeoutMs, HOST: host, PORT: port } = environment;
    const app = await createApplication({ databaseUrl: database.url, statementTimeoutMs, jwtSecret });
    await listen(app, port, host);
    return { address: await app.getUrl(), jwtSecret, close: () => app.close().finally(() => database.close()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Makes the application, not yet listening. */
export async function createApplication(options: AppOptions): Promise<NestFastifyApplication> {
  return NestFactory.create<NestFastifyApplication>(AppModule.forRoot(options), new FastifyAdapter(), {
    logger: ['warn', 'error', 'fatal'],
    abortOnError: false,
  });
}

async function listen(app: NestFastifyApplication, port: number, host: string): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    throw error;
  }
}
