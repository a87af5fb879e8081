import type { AskOptions } from '../support/backend';
import { useProduct } from '../support/product';

const OFFICE = { hours: 'Mo-Fr 09:00-18:00', timezone: 'Europe/Berlin' };
const RANGE = { startDate: '2026-03-06', endDate: '2026-03-09' };
/** Local times of Berlin in March 2026, an hour ahead of UTC. */
const MARCH = { Fri: '06', Sat: '07', Mon: '09' };
const on = (text: string) => {
  const [day, time] = text.split(' ') as [keyof typeof MARCH, string];
  return `2026-03-${MARCH[day]}T${time}+01:00`;
};
const utc = (text: string) => new Date(on(text)).toISOString().replace('.000Z', 'Z');

describe('opening hours', () => {
  const product = useProduct();
  const insert = (...times: string[]) => product.database.insert(times.map((time) => ({ at: on(time) })));
  const ask = async (query: Record<string, string>, below: AskOptions['below'] = '') =>
    (await product.backend.report(query, { below })).body;

  it.each([
    [OFFICE.hours, ['Fri 17:57:00', 'Mon 09:30:00'], 1_860_000, 'Fri 17:59:00', 'Mon 09:30:00'],
    [OFFICE.hours, ['Fri 17:58:00', 'Mon 09:00:10'], 10_000, 'Mon 09:00:00', 'Mon 09:00:10'],
    [OFFICE.hours, ['Fri 17:50:00', 'Sat 11:00:00', 'Mon 09:01:00'], 480_000, 'Fri 17:52:00', 'Fri 18:00:00'],
    ['Mo-Fr 09:00-12:00,13:00-17:00', ['Mon 11:59:00', 'Mon 13:05:00'], 240_000, 'Mon 13:01:00', 'Mon 13:05:00'],
  ])('%s: %j is down for %i ms, from %s to %s', async (hours, times, duration, start, end) => {
    await insert(...times);
    expect(await ask({ ...RANGE, ...OFFICE, hours })).toMatchObject({
      total_down_time: duration,
      down_times: [{ start_time: utc(start), end_time: utc(end), duration }],
    });
  });

  it('are in the answer as they were understood', async () => {
    await insert('Fri 17:57:00', 'Mon 09:30:00');
    const { down_times, ...rest } = (await ask({ ...RANGE, ...OFFICE, hours: ' mo-fr 9:00-18:00' })) as {
      down_times: unknown[];
    };
    expect(down_times).toHaveLength(1);
    expect(rest).toEqual({
      availability_percentage: 97.12962962962963,
      total_down_time: 1_860_000,
      total_time: 64_800_000,
      hours: { timezone: 'Europe/Berlin', versions: [{ valid_from: null, hours: 'Mo-Fr 09:00-18:00' }] },
      excluded: [],
    });
  });

  it('that never end change nothing', async () => {
    await insert('Fri 17:57:00', 'Sat 11:00:00', 'Mon 09:30:00');
    const queries: [AskOptions['below'], Record<string, string>][] = [
      ['', { include: 'summary', edges: 'count' }],
      ['/trend', { interval: 'hour', edges: 'count' }],
      ['/breakdown', {}],
    ];
    for (const [below, query] of queries) {
      const plain = { ...RANGE, ...query, timezone: 'Europe/Berlin' };
      const { hours, excluded, ...rest } = (await ask({ ...plain, hours: '24/7' }, below)) as Record<string, unknown>;
      expect({ hours, excluded }).toMatchObject({ hours: { versions: [{ hours: '24/7' }] }, excluded: [] });
      expect(rest).toEqual(await ask(plain, below));
    }
  });

  it('leave no percentage if the range has none', async () => {
    await insert('Fri 17:57:00', 'Mon 09:30:00');
    const weekend = { startDate: '2026-03-07', endDate: '2026-03-08' };
    expect(await ask({ ...weekend, ...OFFICE })).toMatchObject({ availability_percentage: null, total_time: 0 });
  });

  it('add up in a trend and hold for each channel', async () => {
    await insert('Fri 17:57:00', 'Mon 09:30:00');
    const trend = await ask({ ...RANGE, ...OFFICE, interval: 'day' }, '/trend');
    expect(trend).toMatchObject({
      total_time: 64_800_000,
      total_down_time: 1_860_000,
      buckets: [
        { total_time: 32_400_000, total_down_time: 60_000, outages: 1 },
        { total_time: 0, availability_percentage: null, outages: 0 },
        { total_time: 0, availability_percentage: null, outages: 0 },
        { total_time: 32_400_000, total_down_time: 1_800_000, outages: 1 },
      ],
    });
    const figures = { total_time: 64_800_000, total_down_time: 1_860_000, observed_time: 1_980_000 };
    const breakdown = await ask({ ...RANGE, ...OFFICE }, '/breakdown');
    expect(breakdown).toMatchObject({ ...figures, channels: [{ channel: 'web', ...figures }] });
  });

  it('count from the last message before the range, where the edges count', async () => {
    await insert('Fri 17:59:00');
    const monday = { startDate: '2026-03-09', endDate: '2026-03-09', edges: 'count' };
    expect(await ask({ ...monday, ...OFFICE })).toMatchObject({
      total_down_time: 9 * 3_600_000 - 60_000,
      down_times: [{ start_time: utc('Mon 09:01:00'), end_time: utc('Mon 18:00:00') }],
    });
  });

  it('make the current state closed, or are the time by which it is measured', async () => {
    await product.database.insert([{ at: new Date(Date.now() - 600_000), sessionId: 's' }]);
    const current = (hours: string) => ask({ hours, timezone: 'UTC' }, '/current');
    const days = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
    const opens = new Date();
    opens.setUTCDate(opens.getUTCDate() + 3);
    opens.setUTCHours(9, 0, 0, 0);
    expect(await current(`${days[opens.getUTCDay()]} 09:00-18:00`)).toMatchObject({
      state: 'closed',
      opens_at: opens.toISOString().replace('.000Z', 'Z'),
      session_id: 's',
    });
    expect(await current('off')).toMatchObject({ state: 'closed', since: null, opens_at: null });
    expect(await current('24/7')).toMatchObject({ state: 'down', session_id: 's' });
  });

  it.each([
    ['Mon-Fri 9-5', 'hours has "Mon-Fri 9-5"; write hours such as Mo-Fr 09:00-18:00; Sa 10:00-14:00, or 24/7'],
    ['Mo 09:00-23:59', 'hours ends at 23:59; write 24:00 for the end of a day'],
    ['Mo 09:00-09:00', 'hours has 09:00-09:00, which is empty; write 00:00-24:00 for a whole day'],
    ['Mo 09:00-10:00; Mo 11:00-12:00', 'hours names Mo twice; put its hours into one rule'],
  ])('that are %j are refused', async (hours, message) => {
    for (const below of ['', '/breakdown', '/current'] as const) {
      const query = below === '/current' ? { hours } : { ...RANGE, hours };
      const { status, body } = await product.backend.report({ ...query, timezone: 'Europe/Berlin' }, { below });
      expect({ status, body }).toMatchObject({ status: 400, body: { message: [message] } });
    }
  });

  it.each([
    [{ hours: OFFICE.hours }, 'hours needs timezone, such as Europe/Berlin, in which they are local times'],
    [{ ...OFFICE, timezone: '+01:00' }, 'timezone must be one IANA time zone name, such as Europe/Berlin or UTC'],
  ])('%j are refused', async (query, message) => {
    const { status, body } = await product.backend.report({ ...RANGE, ...query });
    expect({ status, body }).toMatchObject({ status: 400, body: { message: [message] } });
  });
});

describe('the days of a time zone', () => {
  const product = useProduct();

  it('are those of dates without a time', async () => {
    const day = { startDate: '2026-01-15', endDate: '2026-01-15', timezone: 'Europe/Berlin' };
    const trend = await product.backend.report({ ...day, interval: 'day' }, { below: '/trend' });
    expect(trend.body).toMatchObject({
      buckets: [{ start_time: '2026-01-14T23:00:00Z', end_time: '2026-01-15T23:00:00Z' }],
    });
    const totalTimeOn = async (date: string) => {
      const { body } = await product.backend.report({ startDate: date, endDate: date, timezone: 'Europe/Berlin' });
      return (body as { total_time: number }).total_time / 3_600_000;
    };
    expect(await Promise.all(['2026-03-29', '2026-10-25', '2026-01-15'].map(totalTimeOn))).toEqual([23, 25, 24]);
  });

  it('are not those of times, which are in UTC without an offset', async () => {
    const range = { startDate: '2026-01-15T10:00:00', endDate: '2026-01-15T11:00:00', timezone: 'Europe/Berlin' };
    const trend = await product.backend.report({ ...range, interval: 'hour' }, { below: '/trend' });
    expect(trend.body).toMatchObject({ buckets: [{ start_time: '2026-01-15T10:00:00Z' }] });
  });

  it('may be the first of all', async () => {
    for (const below of ['', '/breakdown'] as const) {
      const range = { startDate: '0001-01-01', endDate: '2023-01-10', timezone: 'Europe/Berlin', edges: 'count' };
      expect((await product.backend.report(range, { below })).status).toBe(200);
    }
  });

  it('may be missing from the calendar', async () => {
    const day = { startDate: '2011-12-30', endDate: '2011-12-30', timezone: 'Pacific/Apia' };
    const { status, body } = await product.backend.report(day);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { message: ['endDate must be later than startDate'] },
    });
  });
});
