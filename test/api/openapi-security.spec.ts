import { REPORTS_OPTIONS, ReportsModule } from '@chat-reports/nestjs';
import { openapiMetadata } from '@chat-reports/nestjs/openapi';
import type { DynamicModule } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiCookieAuth, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET } from '../support/backend';
import { TestDatabase } from '../support/database';

const bearer = { secret: SECRET };
const login = { organizations: () => ['7'] };
const BEARER = [{ bearer: [] }];

describe('the OpenAPI document of an application', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await SwaggerModule.loadPluginMetadata(openapiMetadata);
  });
  afterAll(() => database.drop());

  /**
   * The security requirement of the module's operations, which all have the same. As usual, the document is made before
   * the server listens.
   */
  async function securityOf(reports: DynamicModule, overridden?: object): Promise<unknown> {
    const builder = Test.createTestingModule({
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: database.url }), reports],
    });
    if (overridden !== undefined) builder.overrideProvider(REPORTS_OPTIONS).useValue(overridden);
    const module = await builder.compile();
    module.useLogger(false);
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build());
    await app.close();
    const [first, ...others] = Object.values(paths).map(({ get }) => get!.security);
    expect(others).toEqual(Array(6).fill(first));
    return first;
  }

  it('requires a bearer token where the module verifies them', async () => {
    expect(await securityOf(ReportsModule.forRoot({ auth: bearer }))).toEqual(BEARER);
    expect(await securityOf(ReportsModule.forRootAsync({ useFactory: () => ({ auth: bearer }) }))).toEqual(BEARER);
  });

  it('does not describe what a login of the application requires', async () => {
    expect(await securityOf(ReportsModule.forRoot({ auth: login }))).toBeUndefined();
  });

  it('has what decorators of the application say instead', async () => {
    const staff = { decorators: [ApiBearerAuth('staff')] };
    expect(await securityOf(ReportsModule.forRoot({ auth: bearer, ...staff }))).toEqual([{ staff: [] }]);
    const cookie = { decorators: [ApiCookieAuth()] };
    expect(await securityOf(ReportsModule.forRoot({ auth: login, ...cookie }))).toEqual([{ cookie: [] }]);
  });

  it('follows the options that a test overrides, and afterwards those of the application again', async () => {
    const reports = ReportsModule.forRoot({ auth: bearer });
    expect(await securityOf(reports, { auth: login })).toBeUndefined();
    expect(await securityOf(reports)).toEqual(BEARER);
    expect(await securityOf(reports, { auth: login })).toBeUndefined();
  });
});
