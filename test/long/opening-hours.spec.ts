import { AvailabilityResponse, formatWeeklyHours, type OpeningHours } from '@chat-reports/nestjs';
import fc from 'fast-check';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { casesOf } from '../support/cases';
import { expectedOpenReport, ShownMinutes } from '../support/open-oracle';
import { useProduct } from '../support/product';
import { messageStreams, ORIGIN, rangesAround } from '../support/streams';

/** Zones, each with an instant at which its clocks change, or once did. */
const CHANGES: [timeZone: string, change: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Asia/Kathmandu', '2026-05-05T00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['America/Nuuk', '2024-03-31T01:00Z'],
  ['Antarctica/Troll', '2026-10-25T01:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['America/St_Johns', '2026-03-08T05:30Z'],
];

/** Streams are at most two weeks long, and begin five hours before the change. */
const BEFORE_CHANGE_MS = 5 * 3_600_000;
const DAYS = 16;

const quarter = fc.nat(24 * 4 - 1).map((quarters) => quarters * 15);
const daily = fc.array(
  fc
    .tuple(quarter, quarter)
    .filter(([start, end]) => start !== end)
    .map(([start, end]) => ({ start, end: end > start ? end : end + 24 * 60 })),
  { maxLength: 3 },
);
const questions = messageStreams
  .filter((messages) => Number(messages.at(-1)?.at ?? ORIGIN) - ORIGIN < (DAYS - 1) * 86_400_000)
  .chain((messages) =>
    fc.record({
      messages: fc.constant(messages),
      ranges: fc.array(rangesAround(messages), { minLength: 3, maxLength: 3 }),
      weekly: fc.array(daily, { minLength: 7, maxLength: 7 }),
      channel: fc.constantFrom(undefined, 'web'),
    }),
  );

describe('opening hours', () => {
  const product = useProduct();
  let availability: OpenAvailability;

  beforeAll(async () => {
    availability = await openAvailability(product.database.url);
  });
  afterAll(() => availability.close());

  it.each(CHANGES)('in %s around %s give what a walk through the minutes gives', async (timeZone, change) => {
    const shiftMs = Date.parse(change) - BEFORE_CHANGE_MS - ORIGIN;
    const minutes = new ShownMinutes(timeZone, ORIGIN + shiftMs - 86_400_000, DAYS + 1);
    await fc.assert(
      fc.asyncProperty(questions, async ({ messages: unshifted, ranges, weekly, channel }) => {
        const messages = unshifted.map((message) => ({ ...message, at: Number(message.at) + shiftMs }));
        await product.database.clear();
        await product.database.insert(messages);
        const openMinutes = minutes.openIn(weekly);
        const hours: OpeningHours = { timeZone, versions: [{ hours: weekly }] };
        for (const range of ranges) {
          const period = { start: new Date(range.startMs + shiftMs), end: new Date(range.endMs + shiftMs) };
          const query = { channel, startMs: period.start.getTime(), endMs: period.end.getTime() };
          const expected = expectedOpenReport(messages, { organizationId: 'a', ...query }, openMinutes);
          const report = await availability.service.report({ organizationId: 'a', channel, ...period, hours });
          expect(AvailabilityResponse.of(report)).toMatchObject(expected);
          const { body } = await product.backend.report(
            {
              startDate: period.start.toISOString(),
              endDate: period.end.toISOString(),
              timezone: timeZone,
              hours: formatWeeklyHours(weekly),
              ...(channel !== undefined && { channel }),
            },
            { organizationId: 'a' },
          );
          expect(body).toMatchObject(expected);
        }
      }),
      { numRuns: casesOf(60, 3) },
    );
  });
});
