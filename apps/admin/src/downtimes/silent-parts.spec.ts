import fc from 'fast-check';
import { closedPeriods } from '../availability/report';
import { countOutages, silentPartsOf } from './silent-parts';

const times = (startMs: number, endMs: number) => ({
  start_time: new Date(startMs).toISOString(),
  end_time: new Date(endMs).toISOString(),
});

describe('the silent parts of a report', () => {
  it('belong to as many outages as there are numbers in them', () => {
    const parts = fc
      .array(fc.nat({ max: 9 }), { maxLength: 20 })
      .map((outages) => outages.sort((one, other) => one - other).map((outage) => ({ startMs: 0, endMs: 1, outage })));
    fc.assert(
      fc.property(parts, (all) => {
        expect(countOutages(all)).toBe(new Set(all.map(({ outage }) => outage)).size);
      }),
    );
  });

  it('are derived once, as is closed time', () => {
    const outage = { ...times(0, 10_000), duration: 8000, session_id: 's1' };
    const report = { down_times: [outage], closed_times: [times(4000, 6000)] };
    expect(silentPartsOf(report)).toEqual([
      { startMs: 0, endMs: 4000, outage: 0 },
      { startMs: 6000, endMs: 10_000, outage: 0 },
    ]);
    expect(silentPartsOf(report)).toBe(silentPartsOf(report));
    expect(closedPeriods(report)).toBe(closedPeriods(report));
  });
});
