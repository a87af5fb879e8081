import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { ImportOptions } from '../import.options';
import { LocalClock } from './local-clock';
import { explainTime, TimeReader } from './time.reader';

function read(value: unknown, options: ImportOptions = {}): string | undefined {
  const ms = new TimeReader(options).read(value);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

describe('TimeReader', () => {
  it.each([
    ['2024-05-06T24:00:00Z', '2024-05-07T00:00:00.000Z'],
    ['2024-05-06T08:01:00.123456789Z', '2024-05-06T08:01:00.123Z'],
    ['2024-05-06T08:01:00,1234567+0000', '2024-05-06T08:01:00.123Z'],
    [' 2024-05-06 08:01:00 +0000 UTC ', '2024-05-06T08:01:00.000Z'],
    ['2024-05-06 08:01:00.5 +0530 +0530', '2024-05-06T02:31:00.500Z'],
    ['2024/5/6 8:01', '2024-05-06T08:01:00.000Z'],
    ['2024-05-06 8:01:00 +02', '2024-05-06T06:01:00.000Z'],
    ['20240506T0801Z', '2024-05-06T08:01:00.000Z'],
    ['20240506T080100.25+0200', '2024-05-06T06:01:00.250Z'],
    ['1714982460.123456', '2024-05-06T08:01:00.123Z'],
    [1714982460.001, '2024-05-06T08:01:00.001Z'],
    ['1714982460123456789', '2024-05-06T08:01:00.123Z'],
    ['100000000', '1973-03-03T09:46:40.000Z'],
    [{ $date: '2024-05-06T08:01:00Z' }, '2024-05-06T08:01:00.000Z'],
    [{ $date: 1714982460123 }, '2024-05-06T08:01:00.123Z'],
    [{ $date: { $numberLong: '1000' } }, '1970-01-01T00:00:01.000Z'],
  ])('reads %j as %s', (value, expected) => expect(read(value)).toBe(expected));

  it.each([
    ['', 'is empty'],
    ['never', 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
    ['2024-02-30T00:00:00Z', 'is a time that does not exist'],
    ['2023-2-29 8:01', 'is a time that does not exist'],
    ['2024-05-06 24:00:01 CEST', 'is a time that does not exist'],
    ['2024/05-06 08:01', 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
    ['2024-05-06T08:01[Europe/Berlin]', 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
    ['2024-05-06 08:01:00 CEST', 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
    ['2024-05-06', 'has no time of day'],
    ['99999999', 'is not a time since 1970 in the years 1973 to 2100; --epoch s, ms, us or ns says its unit'],
    ['20240506080100', 'is not a time since 1970 in the years 1973 to 2100; --epoch s, ms, us or ns says its unit'],
    [45418.334, 'is a number of days, as Excel counts them; format the column as yyyy-mm-dd hh:mm:ss'],
    ['45418,334', 'is a number of days, as Excel counts them; format the column as yyyy-mm-dd hh:mm:ss'],
    [null, 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
    [{ $date: null }, 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
    [true, 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z'],
  ])('refuses %j because it %s', (value, reason) => {
    expect(read(value)).toBeUndefined();
    expect(explainTime(value)).toBe(reason);
  });

  it('takes numbers in the unit that it is given', () => {
    expect(read('1000', { epoch: 'ms' })).toBe('1970-01-01T00:00:01.000Z');
    expect(read(1000, { epoch: 's' })).toBe('1970-01-01T00:16:40.000Z');
    expect(read('999999', { epoch: 'us' })).toBe('1970-01-01T00:00:00.999Z');
    expect(read('1714982460000000', { epoch: 's' })).toBeUndefined();
  });

  it('names the units that it has recognized, but not one that it was given', () => {
    const times = new TimeReader({});
    for (const value of ['1714982460', '1714982460000', 1714982461]) times.read(value);
    expect(times.recognizedUnits).toBe('seconds (--epoch s) and milliseconds (--epoch ms)');
    const given = new TimeReader({ epoch: 's' });
    given.read('1714982460');
    expect(given.recognizedUnits).toBeUndefined();
  });

  it.each([
    ['2024-05-06 10:01:00', '2024-05-06T08:01:00.000Z'],
    ['2024-05-06 10:01:00Z', '2024-05-06T10:01:00.000Z'],
    ['2024-05-06T10:01-08', '2024-05-06T18:01:00.000Z'],
    ['2024-03-31 02:30:00', '2024-03-31T01:30:00.000Z'],
    ['2024-10-27 02:30:00', '2024-10-27T00:30:00.000Z'],
    ['2024-10-27 03:00:00', '2024-10-27T02:00:00.000Z'],
    ['20241027T025959.999', '2024-10-27T00:59:59.999Z'],
  ])('reads %s in Berlin as %s', (text, expected) => expect(read(text, { timeZone: 'Europe/Berlin' })).toBe(expected));
});

describe('LocalClock', () => {
  // Until 2011, Newfoundland changed its clocks a minute after midnight.
  it.each([
    ['1990-10-28T00:00:59.999', '1990-10-28T02:30:59.999Z'],
    ['1990-10-28T00:01', '1990-10-28T03:31:00Z'],
    ['1990-04-01T00:00:59.999', '1990-04-01T03:30:59.999Z'],
    ['1990-04-01T01:01', '1990-04-01T03:31:00Z'],
  ])('reads %s in Newfoundland as %s, though clocks change within a quarter of an hour', (local, instant) => {
    expect(new LocalClock('America/St_Johns').toInstant(Date.parse(`${local}Z`))).toBe(Date.parse(instant));
  });

  it.each(['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'])(
    'agrees with Temporal in %s, whatever the time before was',
    (timeZone) => {
      const clock = new LocalClock(timeZone);
      const time = fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
      fc.assert(
        fc.property(time, fc.integer({ min: -3_600_000, max: 3_600_000 }), (first, later) => {
          for (const local of [first.getTime(), first.getTime() + later]) {
            const text = new Date(local).toISOString().slice(0, -1);
            const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
            expect(clock.toInstant(local)).toBe(expected);
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});
