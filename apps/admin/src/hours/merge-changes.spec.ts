import { mergeChanges } from './merge-changes';
import type { Schedule } from './schedule';

const BASE: Schedule = {
  timezone: 'Europe/Berlin',
  versions: [{ valid_from: null, hours: 'Mo-Fr 09:00-18:00' }],
  exceptions: [
    { date: '2026-12-25', hours: 'off', name: 'Christmas' },
    { date: '2026-12-31', hours: '09:00-12:00' },
  ],
  exclusions: [],
  channels: {},
};
const LONGER = [{ valid_from: null, hours: 'Mo-Fr 08:00-20:00' }];
const OUTAGE = { start: '2026-03-10T10:00:00Z', end: '2026-03-10T11:00:00Z', reason: 'maintenance' };

describe('mergeChanges', () => {
  it('keeps both changes of different parts', () => {
    const merged = mergeChanges(BASE, { ...BASE, versions: LONGER }, { ...BASE, exclusions: [OUTAGE] });
    expect(merged).toEqual({ schedule: { ...BASE, versions: LONGER, exclusions: [OUTAGE] }, conflicts: [] });
  });

  it('keeps both changes of one list, also what each removed', () => {
    const added = { date: '2026-05-01', hours: 'off' };
    const mine = { ...BASE, exceptions: [BASE.exceptions![0]!, added] };
    const theirs = { ...BASE, exceptions: [BASE.exceptions![1]!] };
    expect(mergeChanges(BASE, mine, theirs)).toEqual({ schedule: { ...BASE, exceptions: [added] }, conflicts: [] });
  });

  it('keeps mine where both changed the same, and says so', () => {
    const mine = { ...BASE, versions: LONGER, timezone: 'UTC' };
    const theirs = { ...BASE, versions: [{ valid_from: null, hours: '24/7' }] };
    expect(mergeChanges(BASE, mine, theirs)).toEqual({ schedule: mine, conflicts: ['versions'] });
  });

  it('sees no conflict where both changed the same alike, whatever the order of the fields', () => {
    const reordered = { reason: OUTAGE.reason, end: OUTAGE.end, start: OUTAGE.start };
    const merged = mergeChanges(BASE, { ...BASE, exclusions: [OUTAGE] }, { ...BASE, exclusions: [reordered] });
    expect(merged.conflicts).toEqual([]);
    expect(merged.schedule.exclusions).toHaveLength(1);
  });
});
