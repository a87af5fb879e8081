import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication, Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { readDocument } from '../support/guide';
import { PROJECT } from '../support/run';

const guide = ['embedding', 'own-login', 'without-typeorm'].map((page) => readDocument(`docs/${page}.md`)).join('\n');
const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';
const WITHOUT_TYPEORM = 'scripts/package-check/without-typeorm/src';
const EXAMPLES = [
  'docs/examples/chatwoot.module.ts',
  'docs/examples/own-login.module.ts',
  'docs/examples/global-guard.module.ts',
  // Those are tested with the package, because their libraries are not installed here.
  ...readdirSync(join(PROJECT, WITHOUT_TYPEORM))
    .filter((file) => file.endsWith('.module.ts'))
    .map((file) => `${WITHOUT_TYPEORM}/${file}`),
];

/** As in Chatwoot's schema, without the columns that do not matter here. */
const CHATWOOT = `
  drop table messages;
  create table messages (
    id bigserial primary key,
    content text,
    account_id integer not null,
    inbox_id integer not null,
    conversation_id integer not null,
    message_type integer not null,
    created_at timestamp(6) without time zone not null,
    updated_at timestamp(6) without time zone not null,
    private boolean default false not null
  );
  create index index_messages_on_account_created_type on messages (account_id, created_at, message_type);
  insert into messages (account_id, inbox_id, conversation_id, message_type, created_at, updated_at) values
    (7, 3, 42, 0, '2023-01-15 10:28:00.000900', now()),
    (7, 3, 42, 2, '2023-01-15 10:45:00.000000', now()),
    (7, 3, 43, 1, '2023-01-15 11:00:00.000100', now()),
    (8, 3, 44, 1, '2023-01-15 10:50:00.000000', now())`;

const NOTES = `
  create table events (id bigserial primary key, team integer, thread text, created_at timestamptz);
  insert into events (team, thread, created_at) values
    (7, 't1', '2023-01-15 10:00:00Z'), (7, null, '2023-01-15 10:05:00Z'), (7, 't2', '2023-01-15 10:11:00Z')`;

describe.each(EXAMPLES)('the guide to embedding', (example) => {
  it(`shows ${example} as it is tested`, () => {
    expect(guide).toContain('```ts\n' + readFileSync(join(PROJECT, example), 'utf8') + '```');
  });
});

describe('the example of', () => {
  let database: TestDatabase;
  let backend: INestApplication;

  /** Its module reads the environment when it is loaded. */
  async function start<Example extends { AppModule: Type }>(
    setting: string,
    tables: string,
    load: () => Example,
  ): Promise<{ url: string; example: Example }> {
    database = await TestDatabase.create();
    await database.dataSource.query(tables);
    process.env[setting] = database.url;
    process.env.JWT_SECRET = SECRET;
    const example = load();
    const module = await Test.createTestingModule({ imports: [example.AppModule] }).compile();
    module.useLogger(false);
    backend = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await backend.listen(0, '127.0.0.1');
    return { url: await backend.getUrl(), example };
  }

  async function stop(): Promise<void> {
    await backend.close();
    await database.drop();
  }

  async function ask(url: string, headers: Record<string, string>) {
    const answer = await fetch(url, { headers });
    return { status: answer.status, body: (await answer.json()) as unknown };
  }

  it('Chatwoot reports on an account and on an inbox, without the notes of the system', async () => {
    const { url } = await start('CHATWOOT_DATABASE_URL', CHATWOOT, () =>
      jest.requireActual<typeof import('../../docs/examples/chatwoot.module')>('../../docs/examples/chatwoot.module'),
    );
    const headers = { authorization: `Bearer ${token({ org_id: '7' })}` };
    const report = `${url}/backend/reports/7/chats/availability`;
    // To the millisecond, 10:28:00.000 and 11:00:00.000.
    const downTime = {
      start_time: '2023-01-15T10:30:00Z',
      end_time: '2023-01-15T11:00:00Z',
      duration: 1_800_000,
      session_id: '42',
    };
    expect(await ask(`${report}?${RANGE}`, headers)).toEqual({
      status: 200,
      body: {
        availability_percentage: ((2_678_400_000 - 1_800_000) / 2_678_400_000) * 100,
        total_down_time: 1_800_000,
        total_time: 2_678_400_000,
        down_times: [downTime],
      },
    });
    expect(await ask(`${report}?${RANGE}&channel=3`, headers)).toMatchObject({ body: { down_times: [downTime] } });
    expect(await ask(`${report}?${RANGE}&channel=4`, headers)).toMatchObject({ body: { down_times: [] } });
    expect(await ask(`${report}/breakdown?${RANGE}`, headers)).toMatchObject({
      body: { channels: [{ channel: '3', total_down_time: 1_800_000 }] },
    });
    expect(await ask(`${report}/current`, headers)).toMatchObject({
      body: { last_message_at: '2023-01-15T11:00:00Z', session_id: '43' },
    });
    expect(await ask(`${report}?${RANGE}&channel=web`, headers)).toMatchObject({ status: 400 });
    await stop();
  });

  it('a global guard lets in its users, and has errors in a form of its own', async () => {
    const { url } = await start('CHAT_DATABASE_URL', NOTES, () =>
      jest.requireActual<typeof import('../../docs/examples/global-guard.module')>(
        '../../docs/examples/global-guard.module',
      ),
    );
    const headers = { 'x-user-key': 'key of team 7' };
    const report = (team: string) => `${url}/backend/reports/${team}/chats/availability`;
    expect(await ask(`${report('7')}?${RANGE}`, headers)).toMatchObject({
      status: 200,
      body: { down_times: [{}, {}] },
    });
    const refused: [status: number, url: string, headers: Record<string, string>, detail: string][] = [
      [401, `${report('7')}?${RANGE}`, {}, 'Log in first'],
      [403, `${report('8')}?${RANGE}`, headers, 'You do not have access to this organization'],
      [400, `${report('7')}?${RANGE}&limit=0`, headers, 'limit must be a whole number of at least 1, given once'],
    ];
    for (const [status, address, given, detail] of refused) {
      expect(await ask(address, given)).toEqual({ status, body: { status, detail } });
    }
    await stop();
  });

  describe('a login of its own', () => {
    const headers = { 'x-staff-key': 'key of team 7' };
    let url: string;
    let example: typeof import('../../docs/examples/own-login.module');

    beforeAll(async () => {
      ({ url, example } = await start('CHAT_DATABASE_URL', NOTES, () =>
        jest.requireActual<typeof example>('../../docs/examples/own-login.module'),
      ));
    });
    afterAll(stop);

    it('gives users that the guard lets in access to the organizations that it names', async () => {
      const report = (team: string) => `${url}/api/v2/chat-health/${team}/chats/availability?${RANGE}`;
      expect(await ask(report('7'), headers)).toMatchObject({
        status: 200,
        // The threshold is five minutes, so five minutes of silence are no downtime, and six are one.
        body: { total_down_time: 60_000, down_times: [{ session_id: '', start_time: '2023-01-15T10:10:00Z' }] },
      });
      expect(await ask(report('8'), headers)).toMatchObject({ status: 403 });
      expect(await ask(report('7'), {})).toMatchObject({ status: 401, body: { message: 'Who are you?' } });
      expect(await ask(report('7'), { authorization: `Bearer ${token({ org_id: '7' })}` })).toMatchObject({
        status: 401,
      });
      expect(await ask(`${url}/backend/reports/7/chats/availability?${RANGE}`, headers)).toMatchObject({ status: 404 });
    });

    it('gives the service to other modules', async () => {
      const service = backend.get(example.ServiceLevelService);
      expect(await service.downtimeMinutes('7', new Date('2023-01-01'), new Date('2023-02-01'))).toBe(1);
    });

    it('is described by OpenAPI at its path', () => {
      const { paths } = SwaggerModule.createDocument(backend, new DocumentBuilder().build());
      expect(Object.keys(paths).sort()).toEqual(
        ['', '/breakdown', '/channels', '/current', '/current/channels', '/overview', '/trend'].map(
          (below) => `/api/v2/chat-health/{orgId}/chats/availability${below}`,
        ),
      );
      expect(paths['/api/v2/chat-health/{orgId}/chats/availability']!.get!.operationId).toBe(
        'AvailabilityController_report',
      );
    });
  });
});
