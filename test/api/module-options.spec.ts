import { ReportsModule } from '@chat-reports/nestjs';
import type { DynamicModule } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const auth = { secret: SECRET };

/** Calls it as an application in JavaScript could. */
const forRoot = (...options: unknown[]) =>
  (ReportsModule.forRoot as (...options: unknown[]) => DynamicModule)(...options);
const returning = (options: unknown) =>
  ReportsModule.forRootAsync({ useFactory: () => options as { auth: typeof auth } });

describe('options of the module:', () => {
  let database: TestDatabase;
  let databaseSchema: string | undefined;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(() => {
    databaseSchema = undefined;
  });
  afterAll(() => database.drop());

  async function start(load: () => DynamicModule): Promise<NestFastifyApplication> {
    const connection = TypeOrmModule.forRoot({ type: 'postgres', url: database.url, schema: databaseSchema });
    const module = await Test.createTestingModule({ imports: [connection, load()] }).compile();
    module.useLogger(false);
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
    return app;
  }

  it.each<[string, () => DynamicModule]>([
    ['auth is required: { secret } for bearer tokens, or { organizations } for your own login', () => forRoot()],
    [
      'there are no options: pass them to forRoot, or return them from the factory of forRootAsync',
      () => returning(undefined),
    ],
    ['auth is required: { secret } for bearer tokens, or { organizations } for your own login', () => forRoot({})],
    [
      'auth is required: { secret } for bearer tokens, or { organizations } for your own login',
      () => returning({ auth: undefined }),
    ],
    ['path is not returned by the factory, but passed next to it', () => returning({ auth, path: 'x' })],
    ['path must be a string', () => forRoot({ auth, path: 7 })],
    ['mesages is not an option; the options are messages, ', () => forRoot({ auth, mesages: {} })],
    [
      'messages.colums is not an option; the options are columns, ',
      () => returning({ auth, messages: { colums: {} } }),
    ],
    [
      'messages.columns.organisation is not an option; the options are organization, ',
      () => forRoot({ auth, messages: { columns: { organisation: 'x' } } }),
    ],
    [
      'messages.filter.params is not an option; the options are parameters, where',
      () => forRoot({ auth, messages: { filter: { where: 'true', params: {} } } }),
    ],
    ['limits.maxRows is not an option; the options are rows, ', () => forRoot({ auth, limits: { maxRows: 1 } })],
    ['auth.secrets is not an option; the options are secret, ', () => forRoot({ auth: { secrets: SECRET } })],
    [
      'auth.secret is not an option; the options are guard, organizations',
      () => forRoot({ auth: { ...auth, organizations: () => [] } }),
    ],
    [
      'auth.guard needs auth.organizations, which returns the organizations whose reports a request may read',
      () => forRoot({ auth: { guard: class {} } }),
    ],
    ['messages must be an object', () => forRoot({ auth, messages: 'events' })],
    ['auth must be an object', () => forRoot({ auth: SECRET })],
    ['auth.organizations must be a function', () => forRoot({ auth: { organizations: [7] } })],
    ['auth.findCaller must be a function', () => forRoot({ auth: { ...auth, findCaller: {} } })],
    ['auth.organizationsOf must be a function', () => forRoot({ auth: { ...auth, organizationsOf: 'org' } })],
    ['openingHours must be a function', () => forRoot({ auth, openingHours: '24/7' })],
    [
      'auth needs exactly one of secret and jwksUrl, and secret is undefined: is the variable set that it comes from?',
      () => forRoot({ auth: { secret: undefined } }),
    ],
    [
      'auth needs exactly one of secret and jwksUrl, and jwksUrl is undefined: is the variable set that it comes from?',
      () => forRoot({ auth: { jwksUrl: undefined } }),
    ],
    ['auth.secret must have at least 32 bytes', () => forRoot({ auth: { secret: null } })],
    [
      'auth.clockToleranceSeconds must be a number of at least 0',
      () => forRoot({ auth: { ...auth, clockToleranceSeconds: -1 } }),
    ],
    [
      'auth.clockToleranceSeconds must be a number of at least 0',
      () => forRoot({ auth: { ...auth, clockToleranceSeconds: '5' } }),
    ],
    [
      'messages.maximumReplicaLagMs must be a number of at least 0',
      () => forRoot({ auth, messages: { maximumReplicaLagMs: NaN } }),
    ],
    ['messages.table must be a string that is not empty', () => forRoot({ auth, messages: { table: '' } })],
    ['messages.schema must be a string that is not empty', () => forRoot({ auth, messages: { schema: '' } })],
    [
      'messages.columns.id must be a string that is not empty',
      () => forRoot({ auth, messages: { columns: { id: '' } } }),
    ],
    [
      'messages.columns.createdAt.epoc is not an option; the options are epoch, ',
      () => forRoot({ auth, messages: { columns: { createdAt: { column: 'at', epoc: 'ms' } } } }),
    ],
    [
      'messages.columns.createdAt.epoch must be ms or s',
      () => forRoot({ auth, messages: { columns: { createdAt: { column: 'at', epoch: 'us' } } } }),
    ],
    ['messages.from must be a string that is not empty', () => forRoot({ auth, messages: { from: {} } })],
    ['limits.rows must be a whole number of at least 1, or Infinity', () => forRoot({ auth, limits: { rows: -1 } })],
    [
      'downtimeThreshold must be a positive whole number of milliseconds',
      () => forRoot({ auth, downtimeThreshold: '2 min' }),
    ],
    [
      ". Write schema: 'tenant_a', table: 'messages'",
      () => forRoot({ auth, messages: { table: 'tenant_a.messages' } }),
    ],
  ])('%s', async (message, load) => {
    await expect(start(load).then((app) => app.close())).rejects.toThrow(message);
  });

  it.each<[string, () => DynamicModule, string]>([
    ['undefined is the default', () => forRoot({ auth, path: undefined }), '/backend/reports'],
    ['an empty one is the root', () => forRoot({ auth, path: '' }), ''],
    ['as is a slash', () => forRoot({ auth, path: '/' }), ''],
    ['slashes around it make no difference', () => forRoot({ auth, path: '/v2/chat/' }), '/v2/chat'],
  ])('path: %s', async (_name, load, path) => {
    const app = await start(load);
    const url = `${await app.getUrl()}${path}/123456/chats/availability/current`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token()}` } });
    expect(response.status).toBe(200);
    await app.close();
  });

  it('undefined means the default, at every level', async () => {
    await database.dataSource.query('create schema elsewhere');
    await database.dataSource.query('alter table messages set schema elsewhere');
    databaseSchema = 'elsewhere';
    const options = {
      auth: {
        ...auth,
        issuer: undefined,
        findCaller: undefined,
        organizationsOf: undefined,
        clockToleranceSeconds: undefined,
      },
      messages: {
        schema: undefined,
        table: undefined,
        filter: undefined,
        columns: { id: undefined, channel: undefined },
      },
      limits: { rows: undefined, rangeDays: undefined, concurrency: undefined },
      openingHours: undefined,
      downtimeThreshold: undefined,
    };
    const app = await start(() => forRoot(options));
    await app.close();
  });
});
