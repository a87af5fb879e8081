import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { token } from './support/backend';
import { messageStreams, rangesAround } from './support/streams';
import { useProduct } from './support/product';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

describe('the questions after the report', () => {
  const product = useProduct();

  describe('include=summary', () => {
    it('adds outages, the longest, the means, and the first and last message', async () => {
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
      });
    });

    it('has null where a figure is undefined, which tells no data from 100 %', async () => {
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
        },
      });
    });

    it('names the first and last message in the range only, with edges=count too', async () => {
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
    it('has a row per channel, the worst first, and the organization as a whole', async () => {
      const minutes = { steady: [0, 1, 2, 3, 4], silent: [0, 9], quiet: [0, 4] };
      const messages = Object.entries(minutes).flatMap(([channel, all]) =>
        all.map((minute) => ({ channel, at: `2023-01-02T10:0${minute}:00Z` })),
      );
      await product.database.insert([...messages, { at: '2022-01-01T00:00:00Z', channel: 'gone' }]);
      const { body } = await product.backend.report(JANUARY, { below: '/breakdown' });
      const total_time = 31 * 86_400_000;
      const numbers = (total_down_time: number, outages: number) => ({
        availability_percentage: ((total_time - total_down_time) / total_time) * 100,
        total_down_time,
        total_time,
        outages,
      });
      expect(body).toEqual({
        ...numbers(180_000, 1),
        channels: [
          { channel: 'silent', ...numbers(420_000, 1), last_message_at: '2023-01-02T10:09:00Z' },
          { channel: 'quiet', ...numbers(120_000, 1), last_message_at: '2023-01-02T10:04:00Z' },
          { channel: 'gone', ...numbers(0, 0), last_message_at: null },
          { channel: 'steady', ...numbers(0, 0), last_message_at: '2023-01-02T10:04:00Z' },
        ],
      });
    });

    it('equals what the report answers for each channel, for any messages and range', async () => {
      const cases = messageStreams.chain((messages) =>
        fc.record({
          messages: fc.constant(messages),
          range: rangesAround(messages),
          edges: fc.constantFrom('ignore', 'count'),
        }),
      );
      await fc.assert(
        fc.asyncProperty(cases, async ({ messages, range, edges }) => {
          await product.database.clear();
          await product.database.insert(messages);
          const query = {
            startDate: new Date(range.startMs).toISOString(),
            endDate: new Date(range.endMs).toISOString(),
            edges,
          };
          const { body } = await product.backend.report(query, { organizationId: 'a', below: '/breakdown' });
          const { channels } = body as { channels: { channel: string; outages: number }[] };
          const own = messages.filter(({ organizationId }) => organizationId === 'a');
          expect(channels.map(({ channel }) => channel).sort()).toEqual(
            [...new Set(own.map(({ channel }) => channel))].sort(),
          );
          for (const { channel, outages, ...row } of channels) {
            const report = await product.backend.report(
              { ...query, channel, include: 'summary' },
              { organizationId: 'a' },
            );
            const { down_times, summary, ...numbers } = report.body as Record<
              string,
              { length: number; last_message_at: string }
            >;
            expect({ ...row, outages }).toEqual({
              ...numbers,
              outages: down_times!.length,
              last_message_at: summary!.last_message_at,
            });
          }
        }),
        { numRuns: 60 },
      );
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

    it('takes no message for the last one that is dated in the future', async () => {
      await product.database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: Date.now() + 3_600_000 }]);
      expect(await current()).toMatchObject({ state: 'down', last_message_at: '2023-01-02T10:00:00Z' });
    });
  });

  describe('CSV', () => {
    const MESSAGES = [
      { at: '2023-01-02T10:00:00Z', sessionId: '=HYPERLINK("x")', channel: '+web' },
      { at: '2023-01-02T10:10:00Z', sessionId: 'a,b\n"c"', channel: '@mail' },
      { at: '2023-01-02T10:20:00Z', sessionId: 's', channel: '-x' },
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

    it('is answered to Accept: text/csv, unless JSON is wanted more or asked for', async () => {
      const typeOf = async (query: Record<string, string>, accept: string) =>
        (await product.backend.ask(query, { accept })).headers.get('content-type')!.split(';')[0];
      expect(await typeOf(JANUARY, 'text/csv')).toBe('text/csv');
      expect(await typeOf(JANUARY, 'text/csv;q=0.5, application/json')).toBe('application/json');
      expect(await typeOf(JANUARY, '*/*')).toBe('application/json');
      expect(await typeOf({ ...JANUARY, format: 'json' }, 'text/csv')).toBe('application/json');
      expect((await product.backend.ask(JANUARY)).headers.get('vary')).toBe('Accept');
    });

    it('has a header alone where there are no rows', async () => {
      const csv = await product.backend.ask({ ...JANUARY, format: 'csv' });
      expect(await csv.text()).toBe('start_time,end_time,duration,session_id\r\n');
    });

    it('has errors as JSON', async () => {
      const answer = await product.backend.ask({ ...JANUARY, format: 'xml' });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ message: ['format must be given once, as json or csv'] });
    });

    it('names its file for any organization', async () => {
      const csv = await product.backend.ask({ ...JANUARY, format: 'csv' }, { organizationId: '../"ü' });
      expect(csv.headers.get('content-disposition')).toMatch(
        /^attachment; filename="availability_..--\?_2023-01-01_2023-01-31.csv"; filename\*=/,
      );
    });
  });

  it.each([
    ['/trend', { ...JANUARY, interval: 'day' }],
    ['/breakdown', JANUARY],
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

/** A value as CSV has it: text that could be a formula with an apostrophe before it. */
function asCsv(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

/** Columns that are empty where a row has no such field. */
function blank(rows: object[]): Record<string, string> {
  return Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, '']));
}
