import { AvailabilityService, type Principal, principalOf, ReportsModule } from '@chat-reports/nestjs';
import { openapiMetadata } from '@chat-reports/nestjs/openapi';
import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type NestInterceptor,
  type Provider,
  Scope,
  SetMetadata,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, Reflector, REQUEST } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ApiBearerAuth, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Observable } from 'rxjs';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';

interface HostRequest {
  headers: Record<string, string | undefined>;
  user?: { name: string };
  authInfo?: string;
}

let guarded: HostRequest[] = [];
let handled: (Pick<HostRequest, 'user' | 'authInfo'> & { principal?: Principal })[] = [];

/** Stands in for the application's login, which keeps its user where Passport would. */
@Injectable()
class HostGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<HostRequest>();
    guarded.push(request);
    if (request.headers['x-name'] !== undefined) request.user = { name: request.headers['x-name'] };
    request.authInfo = 'of the host';
    return true;
  }
}

/** A login that routes may be exempted from, as is usual for a global one. */
@Injectable()
class StrictGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.getAllAndOverride('isPublic', [context.getHandler(), context.getClass()])) return true;
    throw new UnauthorizedException('Log in');
  }
}

/** Has the request injected, so there is one instance for each request. */
@Injectable({ scope: Scope.REQUEST })
class ScopedGuard implements CanActivate {
  constructor(@Inject(REQUEST) private readonly request: HostRequest) {}

  canActivate(context: ExecutionContext): boolean {
    guarded.push(this.request);
    this.request.user = { name: '123456' };
    return this.request === context.switchToHttp().getRequest();
  }
}

const organizations = ({ user }: HostRequest) => (user ? [user.name] : []);

@Injectable()
class AuditInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<HostRequest>();
    const { user, authInfo } = request;
    handled.push({ user, authInfo, principal: principalOf(request) });
    return next.handle();
  }
}

describe('next to the login of the application,', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(() => {
    guarded = [];
    handled = [];
  });
  afterEach(() => app.close());
  afterAll(() => database.drop());

  async function start(reports: DynamicModule, providers: Provider[]): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: database.url }), reports],
      providers: [...providers, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
    }).compile();
    module.useLogger(false);
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
  }

  async function ask(organization: string, headers: Record<string, string>): Promise<number> {
    const url = `${await app.getUrl()}/backend/reports/${organization}/chats/availability?${RANGE}`;
    return (await fetch(url, { headers })).status;
  }

  it('a bearer token changes nothing that the login has put on the request', async () => {
    await start(ReportsModule.forRoot({ auth: { secret: SECRET } }), [{ provide: APP_GUARD, useClass: HostGuard }]);
    const authorization = `Bearer ${token({ sub: 'tester' })}`;
    expect(await ask('123456', { authorization, 'x-name': 'Ada' })).toBe(200);
    expect(await ask('123456', { authorization })).toBe(200);
    const principal = { subject: 'tester', organizationIds: ['123456'], scopes: ['reports:read'] };
    expect(handled).toEqual([
      { user: { name: 'Ada' }, authInfo: 'of the host', principal },
      { user: undefined, authInfo: 'of the host', principal },
    ]);
  });

  it('a global guard needs no guard in the options, and runs once', async () => {
    const login = [{ provide: APP_GUARD, useClass: HostGuard }];
    await start(ReportsModule.forRootAsync({ useFactory: () => ({ auth: { organizations } }) }), login);
    expect(await ask('7', { 'x-name': '7' })).toBe(200);
    expect(await ask('8', { 'x-name': '7' })).toBe(403);
    expect(await ask('7', {})).toBe(403);
    expect(guarded).toHaveLength(3);
  });

  it('a request-scoped guard of the application gets its request', async () => {
    @Module({ providers: [ScopedGuard], exports: [ScopedGuard] })
    class LoginModule {}

    const useFactory = () => ({ auth: { guard: ScopedGuard, organizations } });
    await start(ReportsModule.forRootAsync({ imports: [LoginModule], useFactory }), []);
    expect(await Promise.all([ask('123456', {}), ask('123456', {}), ask('8', {})])).toEqual([200, 200, 403]);
    expect(new Set(guarded).size).toBe(3);
  });

  it('decorators exempt the routes from a global guard, add guards before its own, and describe it in OpenAPI', async () => {
    const decorators = [SetMetadata('isPublic', true), UseGuards(HostGuard), ApiBearerAuth('staff')];
    const strict = [{ provide: APP_GUARD, useClass: StrictGuard }];
    await start(ReportsModule.forRoot({ auth: { organizations }, decorators }), strict);
    expect(await ask('7', { 'x-name': '7' })).toBe(200);
    expect(await ask('8', { 'x-name': '7' })).toBe(403);
    expect(guarded).toHaveLength(2);
    await SwaggerModule.loadPluginMetadata(openapiMetadata);
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const described = { security: [{ staff: [] }], summary: expect.any(String) as unknown };
    expect(Object.values(paths).map(({ get }) => get)).toEqual(Array(7).fill(expect.objectContaining(described)));

    // Another application in the same process does not get the decorators.
    await app.close();
    await start(ReportsModule.forRoot({ auth: { organizations } }), strict);
    expect(await ask('7', { 'x-name': '7' })).toBe(401);
  });

  it('without its controller, the module needs no login, has no routes, and gives the service', async () => {
    await start(ReportsModule.forRoot({ controller: false }), []);
    expect(await ask('123456', { authorization: `Bearer ${token()}` })).toBe(404);
    const report = { organizationId: '123456', start: new Date('2023-01-01'), end: new Date('2023-02-01') };
    expect(await app.get(AvailabilityService).report(report)).toMatchObject({ downtimes: [] });
  });

  it('a global module gives the service to all others', async () => {
    @Injectable()
    class Consumer {
      constructor(readonly availability: AvailabilityService) {}
    }

    @Module({ imports: [ReportsModule.forRoot({ controller: false, isGlobal: true })] })
    class ReportingModule {}

    await start({ module: ReportingModule }, [Consumer]);
    expect(app.get(Consumer).availability).toBeInstanceOf(AvailabilityService);
  });
});
