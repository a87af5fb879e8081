import fc from 'fast-check';
import type { Gap } from '../messages/activity';
import { DOWNTIME_THRESHOLD_MS, measureAvailability } from './downtime';

const START = Date.parse('2023-01-01T00:00:00Z');
const at = (ms: number) => new Date(START + ms);

/** Measures the availability, and checks what must be true of every report. */
function measure(totalMs: number, ...gaps: Gap[]) {
  const report = measureAvailability({ start: at(0), end: at(totalMs) }, gaps, DOWNTIME_THRESHOLD_MS);
  expect(report.totalTimeMs).toBe(totalMs);
  expect(report.totalDowntimeMs).toBe(report.downtimes.reduce((sum, { durationMs }) => sum + durationMs, 0));
  expect(report.availabilityPercentage).toBeGreaterThanOrEqual(0);
  expect(report.availabilityPercentage).toBeLessThanOrEqual(100);
  for (const { start, end, durationMs } of report.downtimes) {
    expect(durationMs).toBe(end.getTime() - start.getTime());
    expect(durationMs).toBeGreaterThan(0);
  }
  return report;
}

const gap = (fromMs: number, toMs?: number): Gap => ({
  startMs: START + fromMs,
  endMs: toMs === undefined ? undefined : START + toMs,
  sessionId: 's',
});

describe('measureAvailability', () => {
  it('counts no downtime without gaps', () => {
    expect(measure(1000)).toMatchObject({ availabilityPercentage: 100, downtimes: [], totalDowntimeMs: 0 });
  });

  it('begins a downtime when the gap has lasted two minutes and ends it with the next message', () => {
    expect(measure(600_000, gap(60_000, 300_000)).downtimes).toEqual([
      { start: at(180_000), end: at(300_000), durationMs: 120_000, sessionId: 's' },
    ]);
  });

  it('does not count a gap of exactly two minutes', () => {
    expect(measure(600_000, gap(0, DOWNTIME_THRESHOLD_MS)).downtimes).toEqual([]);
  });

  it('counts one millisecond for a gap of two minutes and a millisecond', () => {
    expect(measure(600_000, gap(0, DOWNTIME_THRESHOLD_MS + 1)).totalDowntimeMs).toBe(1);
  });

  it('evaluates the percentage in the documented order, in double precision, without rounding', () => {
    const total = 2_678_399_000;
    const report = measure(total, gap(0, 1_920_000), gap(3_000_000, 4_020_000));
    expect(report.availabilityPercentage).toBe(((total - 2_700_000) / total) * 100);
    expect(report.availabilityPercentage).toBe(99.89919351075027);
  });

  it('is not 100 minus the share of downtime, nor one minus it, which round differently', () => {
    const report = measure(86_399_999, gap(0, DOWNTIME_THRESHOLD_MS + 819_535));
    expect(report.availabilityPercentage).toBe(99.05146410939196);
  });

  it('clips downtime to the period and to now, and marks a downtime that no message has ended', () => {
    const period = { start: at(300_000), end: at(900_000) };
    const gaps = [gap(0, 400_000), { ...gap(500_000), sessionId: 'last' }];
    expect(measureAvailability(period, gaps, DOWNTIME_THRESHOLD_MS, at(800_000))).toMatchObject({
      downtimes: [
        { start: at(300_000), end: at(400_000), durationMs: 100_000 },
        { start: at(620_000), end: at(800_000), durationMs: 180_000, sessionId: 'last', ongoing: true },
      ],
      totalDowntimeMs: 280_000,
      totalTimeMs: 600_000,
    });
  });

  it('keeps its invariants for any sequence of gaps', () => {
    const lengths = fc.array(fc.tuple(fc.nat(1e6), fc.integer({ min: 1, max: 1e9 })), { maxLength: 30 });
    fc.assert(
      fc.property(lengths, (parts) => {
        let now = 0;
        const gaps = parts.map(([pause, length]) => gap((now += pause), (now += length)));
        measure(now + 1, ...gaps);
      }),
    );
  });
});
