import type { DatabaseAccess, MessagesOptions, ReportsOptions } from '@chat-reports/nestjs';
import { AvailabilityService, ReportsModule } from '@chat-reports/nestjs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { SECRET, token } from './backend';

/** The ways in which a backend can reach its database. */
export interface OpenAccess {
  database: DatabaseAccess;
  close(): Promise<unknown>;
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 3, connectionTimeoutMillis: 2_000 });
  // As every application must do: a lost idle connection would otherwise end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** Every kind of access that the library takes. */
export const ACCESSES: Record<string, (url: string) => Promise<OpenAccess>> = {
  'a data source': async (url) => {
    const options = { type: 'postgres', url, poolSize: 3, connectTimeoutMS: 2_000 } as const;
    const database = await new DataSource(options).initialize();
    return { database, close: () => database.destroy() };
  },
  'a pool': (url) => {
    const database = openPool(url);
    return Promise.resolve({ database, close: () => database.end() });
  },
  'a function': (url) => {
    const pool = openPool(url);
    const database = async (text: string, values: unknown[]) => (await pool.query(text, values)).rows as unknown[];
    return Promise.resolve({ database, close: () => pool.end() });
  },
};

/** A backend without TypeOrmModule, in which the library reads through the option `database`. */
export class ReadingBackend {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly url: string,
  ) {}

  static async start(
    database: DatabaseAccess | undefined,
    messages: MessagesOptions = {},
    limits: ReportsOptions['limits'] = {},
  ): Promise<ReadingBackend> {
    const imports = [ReportsModule.forRoot({ auth: { secret: SECRET }, database, messages, limits })];
    const module = await Test.createTestingModule({ imports }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    return new ReadingBackend(app, await app.getUrl());
  }

  get service(): AvailabilityService {
    return this.app.get(AvailabilityService);
  }

  /** @param path the part after `/chats/availability` */
  async ask(path: string, signal?: AbortSignal) {
    const headers = { authorization: `Bearer ${token()}` };
    const response = await fetch(`${this.url}/backend/reports/123456/chats/availability${path}`, { headers, signal });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.text() };
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
