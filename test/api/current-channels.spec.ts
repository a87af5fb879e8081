import { AvailabilityService, type OpeningHours, parseWeeklyHours, ReportsModule } from '@chat-reports/nestjs';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SECRET } from '../support/backend';
import { TestDatabase } from '../support/database';
import { useProduct } from '../support/product';

const weekly = (text: string): OpeningHours => ({ timeZone: 'UTC', versions: [{ hours: parseWeeklyHours(text) }] });
const OFFICE = weekly('Mo-Fr 09:00-18:00');
const NIGHT = weekly('22:00-06:00');
/** A Monday. */
const NOW = new Date('2026-03-09T10:00:00Z');

describe('the current state of every channel', () => {
  const product = useProduct();
  const ask = (query: Record<string, string> = {}) => product.backend.report(query, { below: '/current/channels' });
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  it('is answered in one response, sorted by name', async () => {
    const [quiet, fresh] = [minutesAgo(44), minutesAgo(0)];
    await product.database.insert([
      { at: fresh, channel: 'web' },
      { at: minutesAgo(50), channel: 'mail' },
      { at: quiet, channel: 'mail' },
      { at: fresh, channel: 'other', organizationId: 'other' },
    ]);
    const since = (at: string, ms: number) => new Date(Date.parse(at) + ms).getTime();
    const { status, body } = await ask();
    const { channels } = body as { channels: { channel: string; state: string; since: string }[] };
    expect(status).toBe(200);
    expect(channels.map(({ channel, state, since: at }) => [channel, state, Date.parse(at)])).toEqual([
      ['mail', 'down', since(quiet, 120_000)],
      ['web', 'up', since(fresh, 0)],
    ]);
    expect(body).not.toHaveProperty('hours');
  });

  it('is an empty list for an organization without messages', async () => {
    expect(await ask()).toMatchObject({ status: 200, body: { channels: [] } });
  });

  it('is no_data for a channel whose messages do not count yet', async () => {
    await product.database.insertAt('2999-01-01T00:00:00Z');
    expect((await ask()).body).toEqual({
      channels: [{ channel: 'web', state: 'no_data', since: null, last_message_at: null }],
    });
  });

  it.each([
    [{ channel: 'web' }, 'channel is not a parameter here; the parameters are timezone, hours'],
    [{ timezone: '+01:00' }, 'timezone must be one IANA time zone name, such as Europe/Berlin or UTC'],
  ])('refuses %j', async (query: Record<string, string>, message) => {
    expect(await ask(query)).toMatchObject({ status: 400, body: { message: [message] } });
  });

  it('says that there are no hours if scheduled ones are requested', async () => {
    expect(await ask({ hours: 'scheduled' })).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('There are no opening hours') as string },
    });
  });
});

describe('the current state of every channel, within hours', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterAll(() => database.drop());

  it('is judged by the hours of each channel, and equals its own current state', async () => {
    const module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
        ReportsModule.forRoot({
          auth: { secret: SECRET },
          openingHours: (_, channel) => ({ '': OFFICE, night: NIGHT })[channel ?? ''],
        }),
      ],
    }).compile();
    const times = {
      fresh: '2026-03-09T09:59:00Z',
      // Friday evening: since then, chat was closed all the time except for one minute, or for an hour.
      friday: '2026-03-06T18:30:00Z',
      minute: '2026-03-09T09:58:30Z',
      night: '2026-03-09T05:00:00Z',
      years: '2019-05-04T12:00:00Z',
    };
    await database.insert(
      Object.entries(times).map(([channel, at]) => ({ channel, at, organizationId: 'office', sessionId: channel })),
    );
    const service = module.get(AvailabilityService, { strict: false });
    const request = { organizationId: 'office', hours: 'scheduled' } as const;
    const { hours, channels } = await service.currentByChannel(request, NOW);
    expect(hours).toBe(OFFICE);
    expect(channels.map(({ channel, state }) => `${channel} ${state}`)).toEqual([
      'fresh up',
      'friday down',
      'minute up',
      'night closed',
      'years down',
    ]);
    expect(channels.find(({ channel }) => channel === 'friday')).toMatchObject({
      since: new Date('2026-03-09T09:02:00Z'),
    });
    expect(channels.map(({ hours: own }) => own)).toEqual([undefined, undefined, undefined, NIGHT, undefined]);
    for (const { channel, hours: own, ...state } of channels) {
      const alone = await service.current({ ...request, channel }, NOW);
      expect(alone).toEqual({ ...state, sessionId: channel, hours: own ?? OFFICE });
    }
    await module.close();
  });
});
