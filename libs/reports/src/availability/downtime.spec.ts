import fc from 'fast-check';
import { DOWNTIME_THRESHOLD_MS, measureAvailability } from './downtime';

const START = Date.parse('2023-01-01T00:00:00Z');
const at = (ms: number) => new Date(START + ms);

/** Measures, and checks what must be true of every report. */
function measure(totalMs: number, ...silences: { start: Date; end: Date; sessionId: string }[]) {
  const report = measureAvailability({ start: at(0), end: at(totalMs) }, silences, DOWNTIME_THRESHOLD_MS);
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

const silence = (startMs: number, endMs: number) => ({ start: at(startMs), end: at(endMs), sessionId: 's' });

describe('measureAvailability', () => {
  it('counts no downtime without silences', () => {
    expect(measure(1000)).toMatchObject({ availabilityPercentage: 100, downtimes: [], totalDowntimeMs: 0 });
  });

  it('begins a downtime when the silence has lasted two minutes and ends it with the next message', () => {
    expect(measure(600_000, silence(60_000, 300_000)).downtimes).toEqual([
      { start: at(180_000), end: at(300_000), durationMs: 120_000, sessionId: 's' },
    ]);
  });

  it('does not count a silence of exactly two minutes', () => {
    expect(measure(600_000, silence(0, DOWNTIME_THRESHOLD_MS)).downtimes).toEqual([]);
  });

  it('counts one millisecond for a silence of two minutes and a millisecond', () => {
    expect(measure(600_000, silence(0, DOWNTIME_THRESHOLD_MS + 1)).totalDowntimeMs).toBe(1);
  });

  it('evaluates the percentage in the documented order, in double precision, without rounding', () => {
    const total = 2_678_399_000;
    const report = measure(total, silence(0, 1_920_000), silence(3_000_000, 4_020_000));
    expect(report.availabilityPercentage).toBe(((total - 2_700_000) / total) * 100);
    expect(report.availabilityPercentage).toBe(99.89919351075027);
  });

  it('is not 100 minus the share of downtime, nor one minus it, which round differently', () => {
    const report = measure(86_399_999, silence(0, DOWNTIME_THRESHOLD_MS + 819_535));
    expect(report.availabilityPercentage).toBe(99.05146410939196);
  });

  it('clips downtime to the period and to now, and marks what no message has ended', () => {
    const period = { start: at(300_000), end: at(900_000) };
    const silences = [silence(0, 400_000), { start: at(500_000), sessionId: 'last' }];
    expect(measureAvailability(period, silences, DOWNTIME_THRESHOLD_MS, at(800_000))).toMatchObject({
      downtimes: [
        { start: at(300_000), end: at(400_000), durationMs: 100_000 },
        { start: at(620_000), end: at(800_000), durationMs: 180_000, sessionId: 'last', ongoing: true },
      ],
      totalDowntimeMs: 280_000,
      totalTimeMs: 600_000,
    });
  });

  it('keeps its invariants for any silences that follow each other', () => {
    const lengths = fc.array(fc.tuple(fc.nat(1e6), fc.integer({ min: 1, max: 1e9 })), { maxLength: 30 });
    fc.assert(
      fc.property(lengths, (parts) => {
        let now = 0;
        const silences = parts.map(([pause, length]) => silence((now += pause), (now += length)));
        measure(now + 1, ...silences);
      }),
    );
  });
});
