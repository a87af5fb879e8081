import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { LocalInstants } from './local-instant';

const BERLIN = new LocalInstants('Europe/Berlin');

describe('a local time', () => {
  it.each([
    ['2023-01-15T10:30:00Z', '2023-01-15T11:30:00+01:00'],
    ['2023-07-15T22:30:00.250Z', '2023-07-16T00:30:00.250+02:00'],
    ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
    ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
    ['2026-10-25T00:59:59Z', '2026-10-25T02:59:59+02:00'],
    ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
  ])('of %s in Berlin is %s', (instant, local) => expect(BERLIN.format(new Date(instant))).toBe(local));

  it.each([
    ['UTC', '2023-01-15T10:30:00+00:00'],
    ['America/St_Johns', '2023-01-15T07:00:00-03:30'],
    ['Asia/Kathmandu', '2023-01-15T16:15:00+05:45'],
  ])('in %s has the offset of that zone', (timeZone, local) =>
    expect(new LocalInstants(timeZone).format(new Date('2023-01-15T10:30:00Z'))).toBe(local),
  );

  it('is in UTC where its year would not have four digits', () => {
    expect(BERLIN.format(new Date('9999-12-31T23:30:00Z'))).toBe('9999-12-31T23:30:00Z');
    expect(BERLIN.format(new Date('9999-12-31T24:00:00Z'))).toBe('9999-12-31T24:00:00Z');
    expect(new LocalInstants('America/New_York').format(new Date('0001-01-01T00:00:00Z'))).toBe('0001-01-01T00:00:00Z');
  });

  it('is the same instant, whatever the zone and the order', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'Africa/Casablanca',
      'Antarctica/Troll',
      'Australia/Lord_Howe',
      'Pacific/Apia',
    );
    const instant = fc
      .integer({ min: Date.parse('0002-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') })
      .map((ms) => new Date(ms));
    const recent = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zone, fc.array(fc.oneof(instant, recent), { minLength: 1, maxLength: 5 }), (timeZone, instants) => {
        const local = new LocalInstants(timeZone);
        for (const one of instants) {
          const text = local.format(one);
          expect(Date.parse(text)).toBe(one.getTime());
          if (one.getFullYear() < 2000) continue;
          const zoned = Temporal.Instant.fromEpochMilliseconds(one.getTime()).toZonedDateTimeISO(timeZone);
          expect(text.slice(-6)).toBe(zoned.offset);
        }
      }),
    );
  });
});
