import fc from 'fast-check';
import type { TestMessage } from './database';

export const ORIGIN = Date.parse('2023-05-01T00:00:00Z');

/** Milliseconds from one message to the next: ties, bursts, the threshold and values next to it, long silences. */
const step = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 5_000 }),
  fc.integer({ min: 5_000, max: 119_000 }),
  fc.constantFrom(119_999, 120_000, 120_001, 60_000, 240_000, 240_001),
  fc.integer({ min: 120_002, max: 20_000_000 }),
);

/** The same for a chat that is busy, except for a silence now and then. */
const shortStep = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 0, max: 6_000 }) },
  { weight: 1, arbitrary: step },
);

const message = fc.record({
  organizationId: fc.constantFrom('a', 'a', 'a', 'b'),
  channel: fc.constantFrom('web', 'web', 'mail', ''),
  sessionId: fc.constantFrom('s1', 's2', 's3'),
  id: fc.uuid(),
});

/** Messages of several organizations and channels, in order of time: sparse ones and dense ones. */
export const messageStreams = fc.oneof(streamsOf(step, 0, 60), streamsOf(shortStep, 60, 200));

function streamsOf(
  steps: fc.Arbitrary<number>,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<Required<TestMessage>[]> {
  return fc
    .uniqueArray(fc.tuple(steps, message), { minLength, maxLength, selector: ([, { id }]) => id })
    .map((parts) => {
      let at = ORIGIN;
      return parts.map(([milliseconds, message]) => ({ ...message, at: (at += milliseconds) }));
    });
}

/** Ranges around a stream, whose ends are anywhere, or at or next to messages. */
export function rangesAround(messages: Required<TestMessage>[]): fc.Arbitrary<{ startMs: number; endMs: number }> {
  const last = Number(messages.at(-1)?.at ?? ORIGIN);
  const anywhere = fc.integer({ min: ORIGIN - 600_000, max: last + 600_000 });
  const atMessage = fc.constantFrom(ORIGIN, ...messages.map(({ at }) => Number(at)));
  const nextToMessage = fc.tuple(atMessage, fc.constantFrom(-1, 0, 1)).map(([at, offset]) => at + offset);
  const end = fc.oneof(anywhere, nextToMessage);
  return fc
    .tuple(end, end)
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => ({ startMs: Math.min(one, other), endMs: Math.max(one, other) }));
}
