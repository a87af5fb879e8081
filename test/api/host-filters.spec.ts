import { type BearerOptions, ReportsModule, UnavailableError } from '@chat-reports/nestjs';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const REPORT = '/backend/reports/123456/chats/availability';
const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';
const authorization = `Bearer ${token({ org_id: ['123456', 'broken'] })}`;

/** What is refused: where each error is thrown, and the status that is documented for it. */
const REFUSED: [status: number, what: string, path: string, headers: Record<string, string>][] = [
  [401, 'no token (guard)', `${REPORT}?${RANGE}`, {}],
  [403, 'another organization (guard)', `/backend/reports/other/chats/availability?${RANGE}`, { authorization }],
  [503, 'API keys that cannot be read (guard)', `${REPORT}?${RANGE}`, { authorization: 'Bearer opaque' }],
  [400, 'a wrong parameter (query)', `${REPORT}?startDate=x`, { authorization }],
  [400, 'a range that is too long (limits)', `${REPORT}?startDate=2010-01-01&endDate=2023-01-01`, { authorization }],
  [
    400,
    'too many buckets (rules)',
    `${REPORT}/trend?startDate=2020-01-01&endDate=2023-12-31&interval=hour`,
    { authorization },
  ],
  [400, 'a channel that the column cannot hold (messages)', `${REPORT}?${RANGE}&channel=web`, { authorization }],
  [404, 'no opening hours (service)', `${REPORT}?${RANGE}&hours=scheduled`, { authorization }],
  [
    503,
    'hours that cannot be read (service)',
    `/backend/reports/broken/chats/availability/current?hours=scheduled`,
    { authorization },
  ],
];

const seen: unknown[] = [];

/** Does what error reporters do: looks at every error and leaves the answer to Nest. */
@Catch()
class ReportingFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    seen.push(error);
    super.catch(error, host);
  }
}

/** Answers in a form of its own (RFC 9457). */
@Catch(HttpException)
class ProblemFilter implements ExceptionFilter {
  catch(error: HttpException, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<{ status(code: number): { send(body: object): void } }>();
    reply.status(error.getStatus()).send({ type: 'about:blank', title: error.message });
  }
}

function unavailable(what: string): never {
  throw new UnavailableError(`The ${what} cannot be read at the moment`, new Error('disk on fire'));
}

const auth: BearerOptions = { secret: SECRET, findCaller: () => unavailable('keys') };

describe('errors of the module, in an application', () => {
  let database: TestDatabase;
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query('alter table messages alter channel type integer using 1');
  });
  afterEach(() => app.close());
  afterAll(() => database.drop());

  async function start(filter?: Type<ExceptionFilter>): Promise<void> {
    seen.length = 0;
    const module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
        ReportsModule.forRoot({
          auth,
          openingHours: (organization) => (organization === 'broken' ? unavailable('hours') : undefined),
        }),
      ],
      providers: filter ? [{ provide: APP_FILTER, useClass: filter }] : [],
    }).compile();
    module.useLogger(false);
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  }

  async function ask([, , path, headers]: (typeof REFUSED)[number]) {
    const response = await fetch(url + path, { headers });
    const names = ['retry-after', 'www-authenticate'];
    return {
      status: response.status,
      headers: names.map((name) => response.headers.get(name)),
      body: (await response.json()) as object,
    };
  }

  it('without filters, are answered as documented', async () => {
    await start();
    for (const refused of REFUSED) {
      const [status] = refused;
      expect(await ask(refused)).toEqual({
        status,
        headers: [status === 503 ? '5' : null, status === 401 ? 'Bearer' : null],
        body: { statusCode: status, message: expect.anything() as unknown, error: expect.any(String) as unknown },
      });
    }
  });

  it('that reports errors, reach its filter as HTTP exceptions with their cause, and are answered in the same way', async () => {
    await start();
    const documented: object[] = [];
    for (const refused of REFUSED) documented.push(await ask(refused));
    await app.close();

    await start(ReportingFilter);
    for (const [index, refused] of REFUSED.entries()) expect(await ask(refused)).toEqual(documented[index]);
    expect(seen.map((error) => error instanceof HttpException && error.getStatus())).toEqual(
      REFUSED.map(([status]) => status),
    );
    const causes = (seen as HttpException[]).filter((error) => error.getStatus() === 503).map(({ cause }) => cause);
    expect(causes).toEqual([expect.any(UnavailableError), expect.any(UnavailableError)]);
  });

  it('with a form of its own for errors, have that form', async () => {
    await start(ProblemFilter);
    for (const refused of REFUSED) {
      const [status] = refused;
      const { headers, ...answer } = await ask(refused);
      expect(answer).toEqual({ status, body: { type: 'about:blank', title: expect.any(String) as unknown } });
      expect(headers).toEqual([status === 503 ? '5' : null, status === 401 ? 'Bearer' : null]);
    }
  });
});
