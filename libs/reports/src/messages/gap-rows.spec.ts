import fc from 'fast-check';
import { type GapRow, toActivity } from './gap-rows';

const RANGE = { organizationId: 'a', start: new Date(1_000), end: new Date(9_000), asOf: new Date(9_000) };
const row = (previous_ms: number | null, at_ms: number | null, session_id: string | null): GapRow => ({
  previous_ms,
  at_ms,
  session_id,
});

describe('toActivity', () => {
  it.each([
    ['after other messages', 500],
    ['of the first messages', null],
  ])('reads the rows %s in any order', (_case, before) => {
    const rows = [row(before, 2_000, null), row(3_000, 4_000, 's3'), row(5_000, 7_000, 's5'), row(8_000, null, 's8')];
    const expected = toActivity([...rows], RANGE);
    expect(expected).toMatchObject({
      firstMessageAt: new Date(2_000),
      lastMessageAt: new Date(8_000),
      lastSessionId: 's8',
    });
    expect(expected.gaps.map(({ startMs }) => startMs)).toEqual([before, 3_000, 5_000, 8_000].filter(Boolean));
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(toActivity(shuffled, RANGE)).toEqual(expected);
      }),
    );
  });
});
