import { ScheduleError } from './schedule.error';
import { readSchedule } from './schedule.reader';

const OFFICE = { timezone: 'Europe/Berlin', versions: [{ hours: 'Mo-Fr 09:00-18:00' }] };

function problemsOf(json: unknown): string[] {
  try {
    readSchedule(json);
    return [];
  } catch (error) {
    if (error instanceof ScheduleError) return error.problems;
    throw error;
  }
}

describe('a schedule', () => {
  it('needs a time zone and hours only', () => {
    expect(readSchedule(OFFICE)).toEqual({
      timezone: 'Europe/Berlin',
      versions: [{ valid_from: null, hours: 'Mo-Fr 09:00-18:00' }],
      exceptions: [],
      exclusions: [],
      channels: {},
    });
  });

  it('may have 200 exceptions and 200 exclusions', () => {
    const exceptions = Array.from({ length: 200 }, (_, day) => ({
      date: new Date(day * 86_400_000).toISOString().slice(0, 10),
      hours: 'off',
    }));
    const exclusions = exceptions.map(({ date }) => ({ start: `${date}T10:00Z`, end: `${date}T11:00Z`, reason: 'x' }));
    expect(problemsOf({ ...OFFICE, exceptions, exclusions })).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [[], ['the schedule must be an object, such as {"timezone": "Europe/Berlin", …}']],
    [
      {},
      [
        'timezone must be one IANA time zone name, such as Europe/Berlin or UTC',
        'versions must have at least one version, such as {"hours": "Mo-Fr 09:00-18:00"}',
      ],
    ],
    [{ ...OFFICE, timezone: '+01:00' }, ['timezone must be one IANA time zone name, such as Europe/Berlin or UTC']],
    [
      { ...OFFICE, versions: [{ hours: 'We 09:00-12:00; We 13:00-17:00' }] },
      ['versions[0].hours names We twice; put its hours into one rule'],
    ],
    [{ ...OFFICE, versions: {} }, ['versions must be a list']],
    [
      { ...OFFICE, versions: [{ valid_from: '2026-02-30', hours: '24/7' }] },
      ['versions[0].valid_from must be a date, such as 2026-01-01'],
    ],
    [
      { ...OFFICE, versions: [{ hours: '24/7' }, { hours: '24/7' }] },
      ['versions may have one version without valid_from'],
    ],
    [
      { ...OFFICE, versions: [1, 2].map(() => ({ valid_from: '2026-01-01', hours: '24/7' })) },
      ['versions has 2026-01-01 twice'],
    ],
    [
      { ...OFFICE, exceptions: [{ date: '25.12.2026', hours: 'Mo 09:00-10:00', name: '' }] },
      [
        'exceptions[0].date must be a date, such as 2026-01-01',
        'exceptions[0].hours has "Mo 09:00-10:00"; write hours such as Mo-Fr 09:00-18:00; Sa 10:00-14:00, or 24/7',
        'exceptions[0].name must be a text of 1 to 200 characters',
      ],
    ],
    [
      { ...OFFICE, exceptions: Array<unknown>(201).fill({ date: '2026-01-01', hours: 'off' }) },
      ['exceptions must have at most 200 entries, but has 201'],
    ],
    [
      { ...OFFICE, exclusions: Array<unknown>(201).fill({}) },
      ['exclusions must have at most 200 entries, but has 201'],
    ],
    [
      { ...OFFICE, exclusions: [{ start: '2026-03-10T11:00:00', end: 7 }] },
      [
        'exclusions[0].start must be a time with its offset, such as 2026-03-10T10:00:00Z',
        'exclusions[0].end must be a time with its offset, such as 2026-03-10T10:00:00Z',
        'exclusions[0].reason must be a text of 1 to 200 characters',
      ],
    ],
    [
      { ...OFFICE, exclusions: [{ start: '2026-03-10T11:00:00Z', end: '2026-03-10T11:00:00Z', reason: 'x' }] },
      ['exclusions[0].end must be later than start'],
    ],
    [
      { ...OFFICE, exclusion: [], channels: { web: { timezone: 'UTC', versions: [{ hours: '' }], channels: {} } } },
      [
        'exclusion is not a field here; the fields are timezone, versions, exceptions, exclusions, channels',
        'channels["web"].channels is not a field here; the fields are timezone, versions, exceptions, exclusions',
        'channels["web"].versions[0].hours is empty; write hours such as Mo-Fr 09:00-18:00; Sa 10:00-14:00, or 24/7',
      ],
    ],
    [null, ['the schedule must be an object, such as {"timezone": "Europe/Berlin", …}']],
    [
      { ...OFFICE, versions: [7] },
      [
        'versions[0] must be an object with valid_from, hours',
        'versions[0].hours must be a text, such as "Mo-Fr 09:00-18:00" in versions and "10:00-14:00" or "off" in exceptions',
      ],
    ],
    [{ ...OFFICE, channels: [] }, ['channels must be an object: the hours of channels by their names']],
    [{ ...OFFICE, channels: { '\0': OFFICE } }, ['channels["\\u0000"] must not contain a NUL character']],
    [
      { ...OFFICE, exceptions: [1, 2].map(() => ({ date: '2026-01-01', hours: 'off' })) },
      ['exceptions has 2026-01-01 twice'],
    ],
  ])('is refused by the names of its fields (%#)', (json, problems) => {
    expect(problemsOf(json)).toEqual(problems);
  });
});
