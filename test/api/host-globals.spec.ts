import { ReportsModule } from '@chat-reports/nestjs';
import {
  type CallHandler,
  ClassSerializerInterceptor,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
  UnauthorizedException,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { map, of, type Observable } from 'rxjs';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';
const REPORT = '/backend/reports/123456/chats/availability';
const authorization = `Bearer ${token({ org_id: ['123456', ' padded '] })}`;

/** Requests of clients, valid and invalid, with and without a token. */
const REQUESTS: [path: string, headers: Record<string, string>][] = [
  [`${REPORT}?${RANGE}`, { authorization }],
  [`${REPORT}?${RANGE}&include=summary&limit=1&channel=web&edges=count&min_duration=&format=`, { authorization }],
  [`${REPORT}?${RANGE}&format=csv`, { authorization }],
  [`${REPORT}/trend?${RANGE}&interval=week&timezone=Europe/Berlin`, { authorization }],
  [`${REPORT}/breakdown?${RANGE}`, { authorization, accept: 'text/csv' }],
  [`${REPORT}/breakdown?${RANGE}`, { authorization }],
  [`${REPORT}/current?channel=web`, { authorization }],
  [`/backend/reports/%20padded%20/chats/availability/current`, { authorization }],
  [`${REPORT}?startDate=x`, { authorization }],
  [`${REPORT}?${RANGE}&limit=1e3&colour=red`, { authorization }],
  [`${REPORT}?${RANGE}&channel=web&channel=mail`, { authorization }],
  [`${REPORT}/trend?${RANGE}&interval=hour&timezone=Mars`, { authorization }],
  [`/backend/reports/other/chats/availability?${RANGE}`, { authorization }],
  [`${REPORT}?${RANGE}`, {}],
];

@Injectable()
class WrapInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ success: true, data })));
  }
}

/** Answers the second request from memory, whoever asks. */
class CacheInterceptor implements NestInterceptor {
  private readonly known = new Map<string, unknown>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { url } = context.switchToHttp().getRequest<{ url: string }>();
    const known = this.known.get(url);
    if (known !== undefined) return of(known);
    return next.handle().pipe(map((body: unknown) => (this.known.set(url, body), body)));
  }
}

/** Trims texts, and joins arrays of texts, wherever it finds them. */
class TidyPipe implements PipeTransform {
  transform(value: unknown): unknown {
    if (typeof value === 'string') return value.trim();
    if (Array.isArray(value)) return value.map(String).join(',');
    if (value === null || Object.getPrototypeOf(value ?? '') === AbortSignal.prototype) return value;
    if (typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.transform(part)]));
  }
}

type Configure = (app: NestFastifyApplication) => unknown;

const strictPipe = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  transformOptions: { enableImplicitConversion: true },
  validateCustomDecorators: true,
  errorHttpStatusCode: 422,
});

describe('the answers of the module, with', () => {
  let database: TestDatabase;
  let expected: object[];

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.insert(
      ['10:00', '10:01', '10:31', '11:31'].map((time) => ({ at: `2023-01-15T${time}:00Z`, channel: 'web' })),
    );
    expected = await answers(() => undefined);
  });
  afterAll(() => database.drop());

  async function answers(configure: Configure, prefix = ''): Promise<object[]> {
    const module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
        ReportsModule.forRoot({ auth: { secret: SECRET } }),
      ],
    }).compile();
    module.useLogger(false);
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    configure(app);
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()) + prefix;
    try {
      // Twice, because of the cache.
      for (const [path, headers] of REQUESTS) await fetch(url + path, { headers });
      return await Promise.all(REQUESTS.map(([path, headers]) => ask(url + path, headers)));
    } finally {
      await app.close();
    }
  }

  async function ask(url: string, headers: Record<string, string>): Promise<object> {
    const response = await fetch(url, { headers });
    const names = ['content-type', 'content-disposition', 'cache-control', 'vary', 'www-authenticate'];
    return {
      path: new URL(url).pathname.slice(new URL(url).pathname.indexOf('/backend')) + new URL(url).search,
      status: response.status,
      headers: names.map((name) => response.headers.get(name)),
      body: await response.text(),
    };
  }

  it('nothing global, are the documented ones', () => {
    expect(expected.map((answer) => (answer as { status: number }).status)).toEqual([
      ...Array<number>(8).fill(200),
      ...Array<number>(4).fill(400),
      403,
      401,
    ]);
  });

  it.each<[string, Configure]>([
    [
      'a serializer that excludes everything',
      (app) =>
        app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector), { strategy: 'excludeAll' })),
    ],
    ['an interceptor that wraps', (app) => app.useGlobalInterceptors(new WrapInterceptor())],
    ['an interceptor that caches', (app) => app.useGlobalInterceptors(new CacheInterceptor())],
    ['a strict validation pipe', (app) => app.useGlobalPipes(strictPipe)],
    [
      'a lenient validation pipe',
      (app) => app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true })),
    ],
    ['a pipe that tidies', (app) => app.useGlobalPipes(new TidyPipe())],
    ['versions in paths', (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' })],
    [
      'versions in headers',
      (app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version', defaultVersion: '1' }),
    ],
  ])('%s, are the same', async (_name, configure) => {
    expect(await answers(configure)).toEqual(expected);
  });

  it('a global prefix, are the same below it', async () => {
    expect(await answers((app) => app.setGlobalPrefix('api/v3'), '/api/v3')).toEqual(expected);
  });

  it('a global guard, are refused by it in the form of the module', async () => {
    const answered = await answers((app) =>
      app.useGlobalGuards({
        canActivate: () => {
          throw new UnauthorizedException('Log in');
        },
      }),
    );
    const body = JSON.stringify({ message: 'Log in', error: 'Unauthorized', statusCode: 401 });
    expect(answered).toEqual(REQUESTS.map(() => expect.objectContaining({ status: 401, body }) as object));
  });
});
