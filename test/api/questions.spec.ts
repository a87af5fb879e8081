import { parse } from 'csv-parse/sync';
import { token } from '../support/backend';
import { useProduct } from '../support/product';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

describe('the questions after the report', () => {
  const product = useProduct();

  describe('include=summary', () => {
    it('adds the number of outages, the longest one, the means, and the first and last message', async () => {
      await product.database.insert(
        ['10:00', '10:12', '10:13', '10:20'].map((time) => ({ at: `2023-01-02T${time}:00Z` })),
      );
      const { body } = await product.backend.report({ ...JANUARY, include: 'summary' });
      expect((body as { summary: object }).summary).toEqual({
        outages: 2,
        longest_down_time: 600_000,
        mean_time_to_recovery: (600_000 + 300_000) / 2,
        mean_time_between_failures: (31 * 86_400_000 - 900_000) / 2,
        first_message_at: '2023-01-02T10:00:00Z',
        last_message_at: '2023-01-02T10:20:00Z',
        observed_time: 1_200_000,
        observed_availability_percentage: 25,
        truncated: false,
      });
    });

    it('has null where a figure is undefined, which distinguishes no data from 100 %', async () => {
      const { body } = await product.backend.report({ ...JANUARY, include: 'summary' });
      expect(body).toMatchObject({
        availability_percentage: 100,
        summary: {
          outages: 0,
          longest_down_time: null,
          mean_time_to_recovery: null,
          mean_time_between_failures: null,
          first_message_at: null,
          last_message_at: null,
          truncated: false,
        },
      });
    });

    it('gives the first and last message of the range only, even with edges=count', async () => {
      await product.database.insert(
        ['01T10:00', '05T10:00', '06T10:00', '09T10:00'].map((time) => ({ at: `2023-01-${time}:00Z` })),
      );
      const summary = { first_message_at: '2023-01-05T10:00:00Z', last_message_at: '2023-01-06T10:00:00Z' };
      for (const edges of ['ignore', 'count']) {
        const query = { startDate: '2023-01-04', endDate: '2023-01-08', include: 'summary', edges };
        expect((await product.backend.report(query)).body).toMatchObject({ summary });
      }
    });
  });

  describe('the breakdown', () => {
    it('has a row for each channel, the worst first, and the organization as a whole', async () => {
      const minutes = { steady: [0, 1, 2, 3, 4], silent: [0, 9], quiet: [0, 4] };
      const messages = Object.entries(minutes).flatMap(([channel, all]) =>
        all.map((minute) => ({ channel, at: `2023-01-02T10:0${minute}:00Z` })),
      );
      await product.database.insert([...messages, { at: '2022-01-01T00:00:00Z', channel: 'gone' }]);
      const { body } = await product.backend.report(JANUARY, { below: '/breakdown' });
      const total_time = 31 * 86_400_000;
      const numbers = (total_down_time: number, observed_time: number) => ({
        availability_percentage: ((total_time - total_down_time) / total_time) * 100,
        total_down_time,
        total_time,
        outages: total_down_time === 0 ? 0 : 1,
        observed_time,
        observed_availability_percentage: ((observed_time - total_down_time) / observed_time) * 100,
      });
      const row = (down: number, observed: number) => ({ ...numbers(down, observed), longest_down_time: down });
      const first_message_at = '2023-01-02T10:00:00Z';
      expect(body).toEqual({
        ...numbers(180_000, 540_000),
        channels: [
          { channel: 'silent', ...row(420_000, 540_000), first_message_at, last_message_at: '2023-01-02T10:09:00Z' },
          { channel: 'quiet', ...row(120_000, 240_000), first_message_at, last_message_at: '2023-01-02T10:04:00Z' },
          { channel: 'steady', ...row(0, 240_000), first_message_at, last_message_at: '2023-01-02T10:04:00Z' },
          {
            channel: 'gone',
            ...row(0, 0),
            availability_percentage: null,
            observed_availability_percentage: null,
            first_message_at: null,
            last_message_at: null,
          },
        ],
      });
    });

    it('has nothing to say about an organization without messages', async () => {
      const { body } = await product.backend.report(JANUARY, { below: '/breakdown' });
      expect(body).toMatchObject({ availability_percentage: null, observed_time: 0, channels: [] });
      const trend = await product.backend.report({ ...JANUARY, interval: 'month' }, { below: '/trend' });
      expect(trend.body).toMatchObject({
        availability_percentage: null,
        observed_time: 0,
        observed_availability_percentage: null,
      });
    });

    it('observes nothing before the very first message, nor after now', async () => {
      const day = 86_400_000;
      const now = Date.now();
      await product.database.insert([{ at: new Date(now - 2 * day) }]);
      const [startDate, endDate] = [now - 10 * day, now + 10 * day].map((at) => new Date(at).toISOString());
      const range = { startDate: startDate!, endDate: endDate!, edges: 'count' };
      const { body } = await product.backend.report(range, { below: '/breakdown' });
      const { observed_time, total_time } = body as { observed_time: number; total_time: number };
      expect(total_time).toBe(20 * day);
      // The clock of the database may be rounded differently.
      expect(observed_time).toBeGreaterThanOrEqual(2 * day - 10);
      expect(observed_time).toBeLessThan(2 * day + 60_000);
    });
  });

  describe('the current state', () => {
    const current = async (query = {}) => (await product.backend.report(query, { below: '/current' })).body;

    it('is no_data without messages', async () => {
      expect(await current()).toEqual({ state: 'no_data', since: null, last_message_at: null, session_id: null });
    });

    it('is up within two minutes of the last message', async () => {
      const at = new Date(Date.now() - 60_000).toISOString();
      await product.database.insert([{ at }, { at: '2023-01-02T10:00:00Z' }]);
      expect(await current()).toEqual({
        state: 'up',
        since: time(at),
        last_message_at: time(at),
        session_id: 'session1',
      });
    });

    it('is down since two minutes after it', async () => {
      const last = { at: '2023-01-02T10:00:00Z', sessionId: 'last' };
      await product.database.insert([last, { at: '2023-01-01T10:00:00Z' }, { at: new Date(), channel: 'mail' }]);
      expect(await current({ channel: 'web' })).toEqual({
        state: 'down',
        since: '2023-01-02T10:02:00Z',
        last_message_at: '2023-01-02T10:00:00Z',
        session_id: 'last',
      });
      expect(await current()).toMatchObject({ state: 'up' });
    });

    it.each(['-infinity', '0044-03-15 12:00:00+00 BC', 'infinity'])(
      'does not take a message at %s for the last one',
      async (at) => {
        await product.database.insertAt(at);
        expect(await current()).toMatchObject({ state: 'no_data' });
        await product.database.insert([{ at: '2023-01-02T10:00:00Z' }]);
        expect(await current()).toMatchObject({ state: 'down', last_message_at: '2023-01-02T10:00:00Z' });
      },
    );

    it('does not take a message dated in the future for the last one', async () => {
      await product.database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: Date.now() + 3_600_000 }]);
      expect(await current()).toMatchObject({ state: 'down', last_message_at: '2023-01-02T10:00:00Z' });
    });
  });

  describe('CSV', () => {
    const MESSAGES = [
      { at: '2023-01-02T10:00:00Z', sessionId: '=HYPERLINK("x")', channel: '+web' },
      { at: '2023-01-02T10:10:00Z', sessionId: 'a,b\n"c"', channel: '@mail' },
      { at: '2023-01-02T10:20:00Z', sessionId: "'-1", channel: '-x' },
      { at: '2023-01-02T10:30:00Z', sessionId: 's', channel: '-x' },
    ];

    it.each([
      ['', {}, 'down_times', 'availability'],
      ['', { edges: 'count' }, 'down_times', 'availability'],
      ['/trend', { interval: 'day' }, 'buckets', 'trend'],
      ['/breakdown', {}, 'channels', 'breakdown'],
    ] as const)('of %s%j has the rows and names of the JSON, in a named file', async (below, query, rows, name) => {
      await product.database.insert(MESSAGES);
      const options = below === '' ? {} : { below };
      const json = await product.backend.report({ ...JANUARY, ...query }, options);
      const csv = await product.backend.ask({ ...JANUARY, ...query, format: 'csv' }, options);
      expect(csv.status).toBe(200);
      expect(csv.headers.get('content-type')).toContain('text/csv; charset=utf-8');
      expect(csv.headers.get('content-disposition')).toBe(
        `attachment; filename=${name}_123456_2023-01-01_2023-01-31.csv`,
      );
      const expected = (json.body as Record<string, Record<string, string | number | boolean | null>[]>)[rows]!.map(
        (row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [field, asCsv(value)])),
      );
      const found = parse<Record<string, string>>(await csv.text(), { columns: true, record_delimiter: '\r\n' });
      expect(expected.length).toBeGreaterThan(0);
      expect(found).toEqual(expected.map((row) => ({ ...blank(found), ...row })));
    });

    it('is the answer to Accept: text/csv, unless JSON is preferred or requested', async () => {
      const typeOf = async (query: Record<string, string>, accept: string) =>
        (await product.backend.ask(query, { accept })).headers.get('content-type')!.split(';')[0];
      expect(await typeOf(JANUARY, 'text/csv')).toBe('text/csv');
      expect(await typeOf(JANUARY, 'text/csv;q=0.5, application/json')).toBe('application/json');
      expect(await typeOf(JANUARY, '*/*')).toBe('application/json');
      expect(await typeOf({ ...JANUARY, format: 'json' }, 'text/csv')).toBe('application/json');
      expect((await product.backend.ask(JANUARY)).headers.get('vary')).toBe('Accept');
    });

    it('quotes every name, so that no separator splits it into two cells', async () => {
      await product.database.insert(
        ['2023-01-02T10:00:00Z', '2023-01-02T11:00:00Z'].map((at) => ({ at, sessionId: 'x;=1+1' })),
      );
      const csv = await product.backend.ask({ ...JANUARY, format: 'csv' });
      expect(await csv.text()).toContain(',"x;=1+1"\r\n');
    });

    it('has only a header if there are no rows', async () => {
      const csv = await product.backend.ask({ ...JANUARY, format: 'csv' });
      expect(await csv.text()).toBe('start_time,end_time,duration,session_id\r\n');
    });

    it.each([
      ['', {}],
      ['/trend', { interval: 'day' }],
      ['/breakdown', {}],
    ] as const)('of %s%j begins with a byte order mark if asked to', async (below, query) => {
      await product.database.insert(MESSAGES);
      const bytesOf = async (more: Record<string, string>) => {
        const options = { accept: 'text/csv', ...(below !== '' && { below }) };
        return Buffer.from(await (await product.backend.ask({ ...JANUARY, ...query, ...more }, options)).arrayBuffer());
      };
      const without = await bytesOf({});
      expect(without.toString()).toMatch(/^\w/);
      expect(await bytesOf({ bom: 'false' })).toEqual(without);
      expect(await bytesOf({ bom: 'true' })).toEqual(Buffer.concat([Buffer.from('\ufeff'), without]));
    });

    it('has a byte order mark even before a lone header, and JSON has none', async () => {
      const ask = async (format: string) => {
        const answer = await product.backend.ask({ ...JANUARY, format, bom: 'true' });
        return Buffer.from(await answer.arrayBuffer()).toString();
      };
      expect(await ask('csv')).toBe('\ufeffstart_time,end_time,duration,session_id\r\n');
      expect(await ask('json')).toMatch(/^{/);
    });

    it.each([
      ['', {}, ['start_time', 'end_time']],
      ['/trend', { interval: 'day' }, ['start_time', 'end_time']],
      ['/breakdown', {}, ['last_message_at', 'first_message_at']],
    ] as const)('of %s%j has local times where a time zone is given, and says so', async (below, query, times) => {
      await product.database.insert(MESSAGES);
      const options = below === '' ? {} : { below };
      const rowsOf = async (more: Record<string, string>) => {
        const csv = await product.backend.ask({ ...JANUARY, ...query, ...more, format: 'csv' }, options);
        return parse<Record<string, string>>(await csv.text(), { columns: true, record_delimiter: '\r\n' });
      };
      const [utc, kathmandu] = [await rowsOf({}), await rowsOf({ timezone: 'Asia/Kathmandu' })];
      expect(Object.keys(kathmandu[0]!)).toEqual(
        Object.keys(utc[0]!).map((name) =>
          (times as readonly string[]).includes(name) ? `${name} (Asia/Kathmandu)` : name,
        ),
      );
      expect(await rowsOf({ timezone: '' })).toEqual(utc);
      const json = await product.backend.report({ ...JANUARY, ...query, timezone: 'Asia/Kathmandu' }, options);
      const rows = Object.values(json.body as object).find(Array.isArray) as Record<string, string>[];
      for (const [index, row] of kathmandu.entries()) {
        for (const name of times) {
          const local = row[`${name} (Asia/Kathmandu)`]!;
          expect(local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+05:45$/);
          expect(Date.parse(local)).toBe(Date.parse(rows[index]![name]!));
        }
      }
    });

    it('refuses any other value of bom', async () => {
      const { status, body } = await product.backend.report({ ...JANUARY, format: 'csv', bom: 'yes' });
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { message: ['bom must be true or false, given once'] },
      });
    });

    it('has errors as JSON', async () => {
      const answer = await product.backend.ask({ ...JANUARY, format: 'xml' });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ message: ['format must be json or csv, given once'] });
    });

    it('has a file name for any organization', async () => {
      const csv = await product.backend.ask({ ...JANUARY, format: 'csv' }, { organizationId: '../"ü' });
      expect(csv.headers.get('content-disposition')).toMatch(
        /^attachment; filename="availability_..--\?_2023-01-01_2023-01-31.csv"; filename\*=/,
      );
    });
  });

  it.each([
    ['/trend', { ...JANUARY, interval: 'day' }],
    ['/breakdown', JANUARY],
    ['/overview', { ...JANUARY, interval: 'day' }],
    ['/current', {}],
  ] as const)('%s is guarded like the report', async (below, query) => {
    const statusFor = async (authorization: string | null) =>
      (await product.backend.ask(query, { below, authorization })).status;
    expect(await statusFor(null)).toBe(401);
    expect(await statusFor(`Bearer ${token({ org_id: 'other' })}`)).toBe(403);
    expect(await statusFor(`Bearer ${token({ scope: '' })}`)).toBe(403);
    expect(await statusFor(`Bearer ${token()}`)).toBe(200);
  });
});

function time(text: string): string {
  return text.replace('.000Z', 'Z');
}

/** A value as CSV has it: text that could be a formula, or a guarded one, with an apostrophe before it. */
function asCsv(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /^'*[=+\-@]/.test(text) ? `'${text}` : text;
}

/** The rows with empty columns for fields that a row does not have. */
function blank(rows: object[]): Record<string, string> {
  return Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, '']));
}
