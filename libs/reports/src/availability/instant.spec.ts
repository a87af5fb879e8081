import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { formatInstant, parseDay, parseInstant } from './instant';

describe('parseInstant', () => {
  it.each([
    ['2023-01-15T10:28:00Z', '2023-01-15T10:28:00.000Z'],
    ['2023-01-15T10:28Z', '2023-01-15T10:28:00.000Z'],
    ['2023-01-15T10:28:00', '2023-01-15T10:28:00.000Z'],
    ['2023-01-15T10:28:00.5Z', '2023-01-15T10:28:00.500Z'],
    ['2023-01-15T10:28:00.123987Z', '2023-01-15T10:28:00.123Z'],
    ['2023-01-15 10:28:00.25+00', '2023-01-15T10:28:00.250Z'],
    ['2023-01-15T10:28:00+05:30', '2023-01-15T04:58:00.000Z'],
    ['2023-01-15T10:28:00-0800', '2023-01-15T18:28:00.000Z'],
    ['2023-01-15t10:28:00z', '2023-01-15T10:28:00.000Z'],
    ['2023-01-15T10:28:00.1239999999999Z', '2023-01-15T10:28:00.123Z'],
    ['2023-01-15T24:00:00Z', '2023-01-16T00:00:00.000Z'],
    ['2023-12-31T24:00', '2024-01-01T00:00:00.000Z'],
    ['2023-01-15T24:00:00.000+02:00', '2023-01-15T22:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0050-06-01T00:00:00Z', '0050-06-01T00:00:00.000Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2023-01-15',
    '2023-1-5T10:28:00Z',
    '2023-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-00-01T00:00:00Z',
    '2023-01-00T00:00:00Z',
    '2023-01-15T24:00:01Z',
    '2023-01-15T24:01:00Z',
    '2023-01-15T24:00:00.0001Z',
    '9999-12-31T24:00:00Z',
    '2023-01-15T10:60:00Z',
    '2023-01-15T10:28:60Z',
    '2023-01-15T10:28:00+24:00',
    '2023-01-15T10Z',
    '+010000-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    ' 2023-01-15T10:28:00Z',
    '2023-01-15T10:28:00Z ',
    '2023-01-15T10:28:00Z\n',
    '2023-W03-1T10:28:00Z',
    '1673778480000',
    'Jan 15 2023 10:28',
  ])('does not read %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('agrees with Temporal on every date, time and offset, possible or not', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
    const year = fc.integer({ min: 2, max: 9998 }).map((number) => String(number).padStart(4, '0'));
    const separator = fc.constantFrom('T', 't', ' ');
    const fraction = fc
      .tuple(fc.constantFrom('', '.', ','), fc.stringMatching(/^(0{1,20}|\d{1,20})$/))
      .map(([point, digits]) => (point === '' ? '' : point + digits));
    const offset = fc.oneof(
      fc.constantFrom('Z', 'z'),
      fc.tuple(fc.constantFrom('+', '-'), two(25), two(60)).map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
    );
    const time = fc.oneof(fc.tuple(two(24), two(60), two(59)), fc.constant(['24', '00', '00'] as const));
    fc.assert(
      fc.property(
        year,
        two(13),
        two(32),
        separator,
        time,
        fraction,
        offset,
        (y, mo, d, t, [h, mi, s], digits, zone) => {
          const date = `${y}-${mo}-${d}`;
          expect(parseInstant(`${date}${t}${h}:${mi}:${s}${digits}${zone}`)).toBe(
            h === '24'
              ? endOfDay(date, `${mi}:${s}${digits}`, zone)
              : temporalMilliseconds(`${date}${t}${h}:${mi}:${s}${digits.slice(0, 10)}${zone}`),
          );
        },
      ),
      { numRuns: 5000 },
    );
  });
});

describe('parseDay', () => {
  it('reads a date as the day from its first instant to that of the next day', () => {
    const { startMs, endMs } = parseDay('2023-01-31')!;
    expect([new Date(startMs), new Date(endMs)].map((date) => date.toISOString())).toEqual([
      '2023-01-31T00:00:00.000Z',
      '2023-02-01T00:00:00.000Z',
    ]);
  });

  it.each(['2023-02-30', '2023-2-3', '20230203', '0000-01-01', '2023-01', ''])('does not read %j', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });
});

describe('formatInstant', () => {
  it('writes milliseconds only where they are not zero', () => {
    expect(formatInstant(new Date('2023-01-15T10:30:00.000Z'))).toBe('2023-01-15T10:30:00Z');
    expect(formatInstant(new Date('2023-01-15T10:30:00.250Z'))).toBe('2023-01-15T10:30:00.250Z');
  });

  it('writes the end of the year 9999 as the end of its last day, since years have four digits', () => {
    expect(formatInstant(new Date(parseDay('9999-12-31')!.endMs))).toBe('9999-12-31T24:00:00Z');
  });

  it('refuses an invalid date', () => {
    expect(() => formatInstant(new Date(NaN))).toThrow(RangeError);
  });

  it('writes every instant of the years 1 to 9999 as toISOString does, without zero milliseconds', () => {
    const whole = fc
      .integer({ min: Date.parse('0001-01-01T00:00:00Z') / 1000, max: Date.parse('9999-12-31T23:59:59Z') / 1000 })
      .map((seconds) => new Date(seconds * 1000));
    const any = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.oneof(whole, any), (instant) => {
        expect(formatInstant(instant)).toBe(instant.toISOString().replace('.000Z', 'Z'));
      }),
    );
  });
});

function temporalMilliseconds(text: string): number | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** What 24:00 means, which Temporal does not support: the first instant of the next day. */
function endOfDay(date: string, rest: string, zone: string): number | undefined {
  const midnight = temporalMilliseconds(`${date}T00:00:00${zone}`);
  return midnight === undefined || /[1-9]/.test(rest) ? undefined : midnight + 86_400_000;
}
