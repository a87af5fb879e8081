import { type Boundary, explainBoundary, parseBoundary } from './boundary';
import { parseInstant } from './instant';

const read = (boundary: Boundary, text: string) => parseBoundary(boundary, text)?.toISOString();

describe('parseBoundary', () => {
  it.each([
    '2023-01-15T10:28:00Z',
    '2023-01-15t10:28:00z',
    '2023-01-15 10:28',
    '2023-01-15 10:28:00.25+00',
    '2023-01-15T24:00:00+02:00',
    '2023-01-15T10:28:00.1234567890Z',
  ])('reads the time %s as an import does', (text) => {
    const expected = new Date(parseInstant(text)!).toISOString();
    expect([read('start', text), read('end', text)]).toEqual([expected, expected]);
  });

  it('reads the end of the year 9999 as the end of a period only', () => {
    for (const text of ['9999-12-31', '9999-12-31T24:00:00Z']) {
      expect(parseBoundary('end', text)).toEqual(new Date(Date.UTC(10_000, 0, 1)));
    }
    expect(parseBoundary('start', '9999-12-31T24:00:00Z')).toBeUndefined();
    expect(parseBoundary('end', '9999-12-31T24:00:00-00:01')).toBeUndefined();
  });

  it.each(['2023-01-15T10:28:00 02:00', '2023-01-15 10:28:00 02:00', '2023-01-15t10:28:00 02'])(
    'does not read %s, and explains the space where its offset begins',
    (text) => {
      expect(parseBoundary('start', text)).toBeUndefined();
      expect(explainBoundary(text)).toContain('%2B');
    },
  );
});

describe('a day of a time zone at the end of time', () => {
  it.each([
    ['start', '0001-01-01', 'Europe/Berlin', '0001-01-01T00:00:00.000Z'],
    ['start', '0001-01-01', 'America/New_York', '0001-01-01T04:56:02.000Z'],
    ['end', '9999-12-31', 'Europe/Berlin', '9999-12-31T23:00:00.000Z'],
    ['end', '9999-12-31', 'America/New_York', '+010000-01-01T00:00:00.000Z'],
  ] as const)('as the %s of a period, %s in %s, is %s', (boundary, day, timeZone, instant) => {
    expect(parseBoundary(boundary, day, timeZone)!.toISOString()).toBe(instant);
  });
});
