import type { TestMessage } from '../support/database';
import { useProduct } from '../support/product';

const JANUARY = { startDate: '2023-01-01T00:00:00Z', endDate: '2023-01-31T23:59:59Z' };

const downTime = (start_time: string, end_time: string, duration: number, session_id: string) => ({
  start_time,
  end_time,
  duration,
  session_id,
});

describe('the availability report', () => {
  const product = useProduct();

  async function report(messages: TestMessage[], query: Record<string, string> = JANUARY) {
    await product.database.insert(messages);
    const { status, body } = await product.backend.report(query);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body as { down_times: Record<string, unknown>[]; total_down_time: number; total_time: number };
  }

  describe('the stream', () => {
    it('holds every message of the organization, whatever its session and channel', async () => {
      const { down_times } = await report([
        { at: '2023-01-02T10:00:00Z', channel: 'web', sessionId: 'a' },
        { at: '2023-01-02T10:01:30Z', channel: 'whatsapp', sessionId: 'b' },
        { at: '2023-01-02T10:03:00Z', channel: 'web', sessionId: 'a' },
      ]);
      expect(down_times).toEqual([]);
    });

    it('holds no message of another organization', async () => {
      const { down_times } = await report([
        { at: '2023-01-02T10:00:00Z' },
        { at: '2023-01-02T10:01:30Z', organizationId: 'other' },
        { at: '2023-01-02T10:03:00Z' },
      ]);
      expect(down_times).toHaveLength(1);
    });

    it('holds only the messages of the given channel, if there is one', async () => {
      const messages = [
        { at: '2023-01-02T10:00:00Z', channel: 'web' },
        { at: '2023-01-02T10:01:30Z', channel: 'whatsapp' },
        { at: '2023-01-02T10:03:00Z', channel: 'web' },
      ];
      expect((await report(messages, { ...JANUARY, channel: 'web' })).total_down_time).toBe(60_000);
    });

    it.each(['Web', 'web ', '%', "'; drop table messages; --", '网络 💬', '\\', '\u0001'])(
      'takes the channel %j as an exact name',
      async (channel) => {
        const messages = ['web', channel].flatMap((name) => [
          { at: '2023-01-02T10:00:00Z', channel: name },
          { at: name === 'web' ? '2023-01-02T10:03:00Z' : '2023-01-02T10:04:00Z', channel: name },
        ]);
        expect((await report(messages, { ...JANUARY, channel })).total_down_time).toBe(120_000);
      },
    );

    it('includes messages at exactly startDate and endDate, and none outside', async () => {
      const messages = [
        { at: '2023-01-01T23:59:59.999Z', sessionId: 'before' },
        { at: '2023-01-02T00:00:00.000Z', sessionId: 'first' },
        { at: '2023-01-02T01:00:00.000Z', sessionId: 'last' },
        { at: '2023-01-02T02:00:00.001Z', sessionId: 'after' },
      ];
      const range = { startDate: '2023-01-02T00:00:00Z', endDate: '2023-01-02T01:00:00Z' };
      expect((await report(messages, range)).down_times).toEqual([
        downTime('2023-01-02T00:02:00Z', '2023-01-02T01:00:00Z', 3_480_000, 'first'),
      ]);
    });

    it('orders messages of the same instant by id', async () => {
      const { down_times } = await report([
        { at: '2023-01-02T10:00:00Z', sessionId: 'second', id: '22222222-0000-0000-0000-000000000000' },
        { at: '2023-01-02T10:00:00Z', sessionId: 'third', id: '33333333-0000-0000-0000-000000000000' },
        { at: '2023-01-02T10:00:00Z', sessionId: 'first', id: '11111111-0000-0000-0000-000000000000' },
        { at: '2023-01-02T11:00:00Z', sessionId: 'next' },
      ]);
      expect(down_times).toMatchObject([{ session_id: 'third' }]);
    });
  });

  describe('a downtime', () => {
    it('lasts from two minutes after a message to the next one and names the session before the gap', async () => {
      const { down_times } = await report([
        { at: '2023-01-15T10:28:00Z', sessionId: 'session123' },
        { at: '2023-01-15T11:00:00Z', sessionId: 'session124' },
      ]);
      expect(down_times).toEqual([downTime('2023-01-15T10:30:00Z', '2023-01-15T11:00:00Z', 1_800_000, 'session123')]);
    });

    it('is not a gap of exactly 120 000 ms', async () => {
      const { down_times } = await report([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T10:02:00.000Z' }]);
      expect(down_times).toEqual([]);
    });

    it('is a gap of 120 001 ms, of one millisecond', async () => {
      const { down_times } = await report([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T10:02:00.001Z' }]);
      expect(down_times).toEqual([downTime('2023-01-02T10:02:00Z', '2023-01-02T10:02:00.001Z', 1, 'session1')]);
    });
  });

  it('adds its duration to the total, which gives the percentage in double precision, not rounded', async () => {
    const answer = await report([
      { at: '2023-01-15T10:28:00Z' },
      { at: '2023-01-15T11:00:00Z' },
      ...[0, 1, 2, 3].map((minute) => ({ at: `2023-01-15T11:0${minute}:30Z` })),
      { at: '2023-01-15T11:20:30Z' },
    ]);
    expect(answer).toMatchObject({
      total_down_time: 1_800_000 + 900_000,
      total_time: 2_678_399_000,
      availability_percentage: ((2_678_399_000 - 2_700_000) / 2_678_399_000) * 100,
    });
  });

  it('has exactly four fields', async () => {
    expect(Object.keys(await report([])).sort()).toEqual([
      'availability_percentage',
      'down_times',
      'total_down_time',
      'total_time',
    ]);
  });

  it.each([
    ['no message', []],
    ['one message', [{ at: '2023-01-15T10:28:00Z' }]],
    [
      'silence before the first and after the last message',
      ['10:00:00', '10:01:00'].map((time) => ({ at: `2023-01-15T${time}Z` })),
    ],
  ])('counts no downtime for %s', async (_case, messages) => {
    expect(await report(messages)).toMatchObject({ availability_percentage: 100, down_times: [], total_down_time: 0 });
  });

  it('writes times in UTC, with milliseconds only where they are not zero', async () => {
    const { down_times } = await report([{ at: '2023-01-02T10:00:00.250Z' }, { at: '2023-01-02T10:30:00Z' }]);
    expect(down_times).toMatchObject([{ start_time: '2023-01-02T10:02:00.250Z', end_time: '2023-01-02T10:30:00Z' }]);
  });

  describe('its range', () => {
    const total = async (startDate: string, endDate: string) => (await report([], { startDate, endDate })).total_time;

    it('reads a time with an offset as that instant, and one without as UTC', async () => {
      expect(await total('2023-01-01T00:00:00+05:30', '2023-01-01T00:00:00Z')).toBe(5.5 * 3_600_000);
      expect(await total('2023-01-01T00:00:00', '2023-01-01T01:00:00Z')).toBe(3_600_000);
      expect(await total('2023-01-01T00:00', '2023-01-01T00:00:00.001')).toBe(1);
    });

    it('takes a space or a lower-case t for the T, a lower-case z, and 24:00 as the end of a day', async () => {
      expect(await total('2023-01-01 00:00:00', '2023-01-01t01:00:00z')).toBe(3_600_000);
      expect(await total('2023-01-01T00:00:00.0000000000Z', '2023-01-01T24:00:00Z')).toBe(86_400_000);
    });

    it('reads a date as its first instant at the start, and as the first instant of the next day at the end', async () => {
      expect(await total('2023-01-01', '2023-01-31')).toBe(2_678_400_000);
      expect(await total('2024-02-29', '2024-02-29')).toBe(86_400_000);
    });

    it('reaches from the year 1 to the end of the year 9999', async () => {
      expect(await total('0001-01-01', '9999-12-31')).toBe(315_537_897_600_000);
    });
  });

  describe('refuses with 400 that names the parameter and the accepted form', () => {
    const form =
      'an ISO 8601 date or time, such as 2023-01-31, 2023-01-31T10:30:00Z or 2023-01-31T10:30:00+02:00 (UTC if there is no offset)';
    const end = 'endDate=2023-01-31';

    it.each([
      ['a missing parameter', 'startDate=2023-01-01', `endDate is required: ${form}`],
      ['an empty one', `startDate=&${end}`, `startDate is required: ${form}`],
      ['a repeated one', `startDate=2023-01-01&startDate=2023-01-02&${end}`, 'startDate must be given once'],
      ['a repeated channel', `startDate=2023-01-01&${end}&channel=a&channel=b`, 'channel must be given once'],
      ['a NUL', `startDate=2023-01-01&${end}&channel=%00`, 'channel must not contain a NUL character'],
      [
        'an unknown one',
        `startDate=2023-01-01&${end}&colour=red`,
        'colour is not a parameter here; the parameters are include, limit, min_duration, timezone, hours, startDate, endDate, edges, format, bom, channel',
      ],
      [
        'an unescaped plus sign',
        `startDate=2023-01-01T00:00:00+02:00&${end}`,
        'startDate has a space where its offset begins: write the + as %2B, as in 10:30:00%2B02:00',
      ],
      [
        'an end that is the start',
        `startDate=2023-01-31T00:00:00Z&endDate=2023-01-31T00:00:00Z`,
        'endDate must be later than startDate',
      ],
      ['an end before the start', `startDate=2023-02-01&${end}`, 'endDate must be later than startDate'],
      ...['toRequest', 'constructor', '__proto__', 'hasOwnProperty'].map((name) => [
        `the name ${name}`,
        `startDate=2023-01-01&${end}&${name}=x`,
        `${name} is not a parameter here; the parameters are include, limit, min_duration, timezone, hours, startDate, endDate, edges, format, bom, channel`,
      ]),
    ])('%s', async (_case, query, message) => {
      const { status, body } = await product.backend.report(query);
      expect({ status, body }).toEqual({
        status: 400,
        body: { statusCode: 400, error: 'Bad Request', message: [message] },
      });
    });

    it.each([
      '2023-02-30',
      '2023-01-01T25:00:00Z',
      '10000-01-01',
      '%2B010000-01-01',
      'yesterday',
      '1',
      '2023',
      '2023-01-01%20%2000:00:00',
      '2023-01-01T24:00:01Z',
      'Jan%201%202023',
    ])('the time %s', async (time) => {
      const { status, body } = await product.backend.report(`startDate=${time}&${end}`);
      const message = [`startDate must be ${form} that exists in the years 0001 to 9999`];
      expect({ status, body }).toMatchObject({ status: 400, body: { message } });
    });
  });
});
