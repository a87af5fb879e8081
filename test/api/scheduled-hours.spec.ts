import {
  AvailabilityService,
  type OpeningHours,
  parseDailyHours,
  parseWeeklyHours,
  ReportsModule,
  UnavailableError,
} from '@chat-reports/nestjs';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const RANGE = { startDate: '2026-03-06', endDate: '2026-03-09', timezone: 'Europe/Berlin' };
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const weekly = (text: string): OpeningHours => ({
  timeZone: 'Europe/Berlin',
  versions: [{ hours: parseWeeklyHours(text) }],
});

/** The hours that the backend stores, by organization, or by organization and channel. */
const KEPT: Record<string, OpeningHours> = {
  office: weekly('Mo-Fr 09:00-18:00'),
  'office/night': weekly('22:00-06:00'),
  'office/always': weekly('24/7'),
  holiday: {
    timeZone: 'Europe/Berlin',
    versions: [
      { hours: parseWeeklyHours('Mo-Fr 08:00-09:00') },
      { validFrom: '2026-03-09', hours: parseWeeklyHours('Mo-Fr 09:00-18:00') },
    ],
    exceptions: [{ date: '2026-03-07', hours: parseDailyHours('10:00-12:00'), name: 'Training' }],
    exclusions: [
      { start: new Date('2026-03-09T10:00Z'), end: new Date('2026-03-09T11:00Z'), reason: 'new phone system' },
    ],
  },
  'channels-only/web': weekly('24/7'),
};

describe('scheduled hours', () => {
  let database: TestDatabase;
  let backend: INestApplication;
  let asked: string[];
  let unavailable = false;

  async function find(organizationId: string, channel?: string): Promise<OpeningHours | undefined> {
    const name = channel === undefined ? organizationId : `${organizationId}/${channel}`;
    asked.push(name);
    if (unavailable) throw new UnavailableError('The hours cannot be read at the moment', new Error('away'));
    return Promise.resolve(KEPT[name]);
  }

  async function start(openingHours?: typeof find): Promise<INestApplication> {
    const { auth, imports } = {
      auth: { secret: SECRET },
      imports: [TypeOrmModule.forRoot({ type: 'postgres', url: database.url })],
    };
    const module = await Test.createTestingModule({
      imports: [...imports, ReportsModule.forRoot({ auth, openingHours })],
    }).compile();
    module.useLogger(false);
    const application = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await application.listen(0, '127.0.0.1');
    return application;
  }

  beforeAll(async () => {
    database = await TestDatabase.create();
    backend = await start(find);
  });
  beforeEach(() => (asked = []));
  afterEach(async () => {
    unavailable = false;
    await database.clear();
  });
  afterAll(async () => {
    await backend.close();
    await database.drop();
  });

  async function ask(organizationId: string, below: string, query: Record<string, string> = {}, of = backend) {
    const range = below === '/current' ? {} : RANGE;
    const search = new URLSearchParams({ ...range, hours: 'scheduled', ...query }).toString();
    const url = `${await of.getUrl()}/backend/reports/${organizationId}/chats/availability${below}?${search}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token({ org_id: organizationId })}` } });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  const insert = (organizationId: string, channel: string, ...times: string[]) =>
    database.insert(times.map((at) => ({ at, organizationId, channel })));

  it('come with the closed times, each excluded one with its reason', async () => {
    const closed = [
      // Saturday's training, then Monday's hours, an hour ahead of UTC.
      { start_time: '2026-03-05T23:00:00Z', end_time: '2026-03-06T07:00:00Z' },
      { start_time: '2026-03-06T08:00:00Z', end_time: '2026-03-07T09:00:00Z' },
      { start_time: '2026-03-07T11:00:00Z', end_time: '2026-03-09T08:00:00Z' },
      { start_time: '2026-03-09T10:00:00Z', end_time: '2026-03-09T11:00:00Z', reason: 'new phone system' },
      { start_time: '2026-03-09T17:00:00Z', end_time: '2026-03-09T23:00:00Z' },
    ];
    const { body } = await ask('holiday', '', { include: 'closed_times' });
    expect(body).toMatchObject({ total_time: 11 * HOUR_MS, closed_times: closed });
    expect(body).not.toHaveProperty('summary');
    for (const include of ['summary,closed_times', 'closed_times,summary']) {
      const both = await ask('holiday', '', { include });
      expect(both.body).toMatchObject({ closed_times: closed, summary: { outages: 0 } });
    }
    for (const include of ['', 'summary']) {
      expect((await ask('holiday', '', { include })).body).not.toHaveProperty('closed_times');
    }
    const { body: always } = await ask('holiday', '', { include: 'closed_times', hours: '' });
    expect(always).toMatchObject({ closed_times: [] });
    expect(Object.keys(always)).toHaveLength(5);
  });

  it('refuse unknown values of include', async () => {
    for (const include of ['closed', 'summary,', 'summary,summary', 'summary closed_times']) {
      expect(await ask('office', '', { include })).toMatchObject({
        status: 400,
        body: { message: ['include must be summary or closed_times, or both with a comma between them, given once'] },
      });
    }
  });

  it('are those of the organization', async () => {
    await insert('office', 'web', '2026-03-06T16:57:00Z', '2026-03-09T08:30:00Z');
    expect(await ask('office', '')).toMatchObject({
      status: 200,
      body: {
        total_down_time: 1_860_000,
        total_time: 18 * HOUR_MS,
        hours: { timezone: 'Europe/Berlin', versions: [{ valid_from: null, hours: 'Mo-Fr 09:00-18:00' }] },
      },
    });
    expect((await ask('office', '/trend', { interval: 'day' })).body).toMatchObject({
      total_down_time: 1_860_000,
      buckets: [9, 0, 0, 9].map((hours) => ({ total_time: hours * HOUR_MS })),
    });
  });

  it('may change over the years, for single dates, and for a limited time', async () => {
    expect((await ask('holiday', '')).body).toMatchObject({
      total_time: (1 + 2 + 8) * HOUR_MS,
      hours: {
        versions: [{ valid_from: null }, { valid_from: '2026-03-09', hours: 'Mo-Fr 09:00-18:00' }],
        exceptions: [{ date: '2026-03-07', hours: '10:00-12:00', name: 'Training' }],
      },
      excluded: [{ start_time: '2026-03-09T10:00:00Z', duration: HOUR_MS, reason: 'new phone system' }],
    });
  });

  it('name only the exceptions of the range', async () => {
    const exceptionsOf = async (startDate: string, endDate: string) =>
      (await ask('holiday', '', { startDate, endDate })).body.hours as { exceptions?: object[] };
    expect((await exceptionsOf('2026-03-07', '2026-03-07')).exceptions).toHaveLength(1);
    expect(await exceptionsOf('2026-03-06', '2026-03-06')).not.toHaveProperty('exceptions');
    expect(await exceptionsOf('2026-03-08', '2026-03-09')).not.toHaveProperty('exceptions');
  });

  it('show in the summary what the figures would be without exclusions', async () => {
    await insert('holiday', 'web', '2026-03-09T09:00Z', '2026-03-09T12:00Z');
    const { body } = await ask('holiday', '', { include: 'summary' });
    expect(body).toMatchObject({
      total_down_time: 118 * MINUTE_MS,
      total_time: 11 * HOUR_MS,
      summary: {
        observed_time: 2 * HOUR_MS,
        before_exclusions: {
          availability_percentage: ((12 * 60 - 178) / (12 * 60)) * 100,
          total_down_time: 178 * MINUTE_MS,
          total_time: 12 * HOUR_MS,
          observed_time: 3 * HOUR_MS,
          observed_availability_percentage: (2 / 180) * 100,
        },
      },
    });
    const friday = { include: 'summary', endDate: '2026-03-06' };
    expect((await ask('holiday', '', friday)).body.summary).not.toHaveProperty('before_exclusions');
  });

  it('are those of the channel, or else of its organization', async () => {
    const totalTime = async (channel: string) => (await ask('office', '', { channel })).body.total_time;
    expect(await totalTime('always')).toBe(96 * HOUR_MS);
    expect(await totalTime('web')).toBe(18 * HOUR_MS);
    expect(asked).toEqual(['office/always', 'office/web', 'office']);
  });

  it('are those of each channel in a breakdown, whose whole has those of the organization', async () => {
    for (const channel of ['web', 'night', 'always']) await insert('office', channel, '2026-03-06T10:00:00Z');
    const { body } = await ask('office', '/breakdown');
    expect(body).toMatchObject({ total_time: 18 * HOUR_MS, hours: { versions: [{ hours: 'Mo-Fr 09:00-18:00' }] } });
    const channels = body.channels as { channel: string; total_time: number; hours?: object; excluded?: object }[];
    const found = channels.map(({ channel, total_time, hours, excluded }) => ({
      channel,
      total_time,
      hours,
      excluded,
    }));
    const own = (hours: string) => ({
      hours: { timezone: 'Europe/Berlin', versions: [{ valid_from: null, hours }] },
      excluded: [],
    });
    expect(found).toEqual([
      { channel: 'always', total_time: 96 * HOUR_MS, ...own('24/7') },
      { channel: 'night', total_time: 32 * HOUR_MS, ...own('Mo-Su 22:00-06:00') },
      { channel: 'web', total_time: 18 * HOUR_MS, hours: undefined, excluded: undefined },
    ]);
  });

  it('are those of the current state', async () => {
    await insert('office', 'always', new Date(Date.now() - 600_000).toISOString());
    expect((await ask('office', '/current', { channel: 'always' })).body).toMatchObject({
      state: 'down',
      hours: { versions: [{ hours: '24/7' }] },
    });
    expect((await ask('office', '/current', { channel: 'web' })).body).toMatchObject({
      state: 'no_data',
      hours: { versions: [{ hours: 'Mo-Fr 09:00-18:00' }] },
    });
  });

  it('need no time zone, which only determines when dates begin and end', async () => {
    const utc = await ask('office', '', { timezone: '', startDate: '2026-03-29', endDate: '2026-03-29' });
    expect(utc).toMatchObject({ status: 200, body: { total_time: 0 } });
    const office = (await ask('office', '', { timezone: '' })).body;
    expect(office).toMatchObject({ total_time: 18 * HOUR_MS, hours: { timezone: 'Europe/Berlin' } });
  });

  it.each(['', '/trend', '/breakdown', '/overview', '/current'])(
    'are reported as missing in a sentence if there are none: %s',
    async (below) => {
      const query: Record<string, string> = /trend|overview/.test(below) ? { interval: 'day' } : {};
      const message =
        'There are no opening hours for organization nobody; pass hours such as Mo-Fr 09:00-18:00 instead';
      const body = { statusCode: 404, message, error: 'Not Found' };
      expect(await ask('nobody', below, query)).toEqual({ status: 404, body });
      const plain = await start();
      expect(await ask('nobody', below, query, plain)).toEqual({ status: 404, body });
      await plain.close();
    },
  );

  it('of a channel are not hours of its organization', async () => {
    expect(await ask('channels-only', '', { channel: 'web' })).toMatchObject({ status: 200 });
    expect(await ask('channels-only', '/breakdown')).toMatchObject({ status: 404 });
  });

  it('that cannot be read do not count as empty: 503', async () => {
    unavailable = true;
    expect(await ask('office', '')).toMatchObject({ status: 503 });
  });

  it('are not looked up unless they are requested', async () => {
    await insert('office', 'night', '2026-03-06T10:00:00Z', '2026-03-06T11:00:00Z');
    const { status, body } = await ask('office', '', { hours: '' });
    expect({ status, body }).toMatchObject({ status: 200, body: { total_time: 96 * HOUR_MS } });
    expect(Object.keys(body)).toEqual(['availability_percentage', 'total_down_time', 'total_time', 'down_times']);
    expect((await ask('office', '/breakdown', { hours: '' })).status).toBe(200);
    expect(asked).toEqual([]);
  });

  it('are available to other modules, too', async () => {
    const service = backend.get(AvailabilityService, { strict: false });
    const [startDate, end] = [new Date('2026-03-06'), new Date('2026-03-07')];
    const { totalTimeMs } = await service.report({
      organizationId: 'office',
      start: startDate,
      end,
      hours: 'scheduled',
    });
    expect(totalTimeMs).toBe(9 * HOUR_MS);
  });
});
