import fc from 'fast-check';
import { parseWeeklyHours } from '../../../../libs/reports/src/opening-hours/weekly-hours';
import { isInterval, notationOfDay, notationOfWeek, weekDraftOf } from './hours-draft';
import { draftOf, problemsOf, scheduleOf, usualTimetable } from './schedule-draft';

describe('a week that is edited', () => {
  it.each([
    'Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00',
    'Mo-Su 22:00-06:00',
    'Mo-Fr 18:00-24:00',
    '24/7',
    'Mo-Su off',
    'Mo 09:00-12:00,11:00-17:00',
  ])('writes %s as it was', (notation) => expect(notationOfWeek(weekDraftOf(notation))).toBe(notation));

  it('shows midnight as an end as 00:00, as inputs of times do', () => {
    expect(weekDraftOf('Mo 18:00-24:00')[0]).toEqual([{ from: '18:00', to: '00:00' }]);
    expect(notationOfDay([{ from: '00:00', to: '00:00' }])).toBe('00:00-24:00');
  });

  it('takes as an interval what the notation takes, and nothing else', () => {
    const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => {
      const [hour, rest] = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
      return `${hour}:${rest}`;
    });
    const times = fc.oneof(clock, fc.constantFrom('00:00', '23:59'));
    fc.assert(
      fc.property(times, times, (from, to) => {
        const write = () => notationOfWeek([[{ from, to }], [], [], [], [], [], []]);
        // An end at 00:00 is 24:00, so only what is left out of the form is refused.
        if (isInterval({ from, to })) expect(() => parseWeeklyHours(write())).not.toThrow();
        else expect(write).toThrow();
      }),
    );
    expect(isInterval({ from: '', to: '09:00' })).toBe(false);
  });
});

describe('a schedule that is edited', () => {
  const schedule = {
    timezone: 'Europe/Berlin',
    versions: [{ valid_from: null, hours: 'Mo-Fr 09:00-18:00' }],
    exceptions: [{ date: '2026-12-25', hours: 'off', name: 'Christmas' }],
    exclusions: [{ start: '2026-03-10T10:00:00.250Z', end: '2026-03-10T11:00:00Z', reason: 'new phone system' }],
    channels: {
      whatsapp: {
        timezone: 'UTC',
        versions: [{ valid_from: '2026-01-01', hours: '24/7' }],
        exceptions: [],
        exclusions: [],
      },
    },
  };

  it('is written as it was', () => expect(scheduleOf(draftOf(schedule))).toEqual(schedule));

  it.each([
    ['interval', { versions: [{ validFrom: null, week: [[{ from: '09:00', to: '' }]] }] }],
    ['version', { versions: ['', null].map((validFrom) => ({ validFrom, week: [] })) }],
    ['exception', { exceptions: [1, 2].map(() => ({ date: '2026-12-25', name: '', day: [] })) }],
    ['exclusion', { exclusions: [{ start: '2026-03-10T10:00:00Z', end: '2026-03-10T10:00:00Z', reason: 'x' }] }],
    ['exclusion', { exclusions: [{ start: '2026-03-10T10:00:00Z', end: '2026-03-10T11:00:00Z', reason: ' ' }] }],
  ])('has the problem %s with %j', (problem, change) => {
    const draft = { ...usualTimetable('UTC'), channels: {} };
    expect(problemsOf(draft)).toEqual([]);
    expect(problemsOf({ ...draft, ...change })).toEqual([problem]);
    expect(problemsOf({ ...draft, channels: { web: { ...draft, ...change } } })).toEqual([problem]);
  });
});
