import { withExclusion } from './with-exclusion';

describe('withExclusion', () => {
  const one = { start: '2026-03-10T10:00:00Z', end: '2026-03-10T11:00:00Z', reason: 'maintenance' };
  const other = { start: '2026-04-10T10:00:00Z', end: '2026-04-10T11:00:00Z', reason: 'storm' };
  const hours = { timezone: 'UTC', versions: [{ hours: 'Mo-Fr 09:00-18:00' }] };

  it('adds it to those of the organization, also for a channel without hours of its own', () => {
    const schedule = { ...hours, exclusions: [other], channels: { web: hours } };
    const expected = { ...schedule, exclusions: [other, one] };
    expect(withExclusion(schedule, one, null, 'UTC')).toEqual(expected);
    expect(withExclusion(schedule, one, 'toString', 'UTC')).toEqual(expected);
  });

  it("adds it to a channel's own hours alone", () => {
    const schedule = { ...hours, exclusions: [other], channels: { web: hours } };
    const channels = { web: { ...hours, exclusions: [one] } };
    expect(withExclusion(schedule, one, 'web', 'UTC')).toEqual({ ...schedule, channels });
  });

  it('lets all other time count where there was no schedule', () => {
    expect(withExclusion(undefined, one, 'web', 'Europe/Berlin')).toEqual({
      timezone: 'Europe/Berlin',
      versions: [{ hours: '24/7' }],
      exclusions: [one],
      channels: {},
    });
  });
});
