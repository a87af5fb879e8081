import { allocateToBuckets } from './trend';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (ms: number) => new Date(ms);
const period = (startMs: number, endMs: number) => ({ start: at(startMs), end: at(endMs) });
const HOURS = [period(0, HOUR), period(HOUR, 2 * HOUR)];

describe('allocateToBuckets', () => {
  it('splits a downtime at the boundary of two buckets and counts it in both', () => {
    const downtime = { ...period(HOUR - MINUTE, HOUR + 2 * MINUTE), durationMs: 3 * MINUTE, sessionId: 's' };
    const buckets = allocateToBuckets(HOURS, [downtime], period(0, 2 * HOUR));
    expect(buckets.map(({ totalDowntimeMs, outages }) => [totalDowntimeMs, outages])).toEqual([
      [MINUTE, 1],
      [2 * MINUTE, 1],
    ]);
  });

  it.each([
    ['at the start', 0, [100, null]],
    ['within the first bucket', MINUTE, [100, null]],
    ['at the boundary, which belongs to the second bucket', HOUR, [null, 100]],
    ['at the end, which is included', 2 * HOUR, [null, 100]],
  ])('has null for the bucket without the only message, %s', (_where, ms, expected) => {
    const buckets = allocateToBuckets(HOURS, [], period(ms, ms));
    expect(buckets.map(({ availabilityPercentage }) => availabilityPercentage)).toEqual(expected);
  });
});
