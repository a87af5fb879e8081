import { setTimeout as sleep } from 'node:timers/promises';

const TIME_LIMIT_MS = 60_000;
const PAUSE_MS = 20;

/**
 * Waits until an expectation holds, and returns what it returns. Fails as the expectation does if it still does not hold
 * after a minute, which not even a machine that is busy with other work needs.
 */
export async function eventually<Result>(expectation: () => Result | Promise<Result>): Promise<Result> {
  const endMs = performance.now() + TIME_LIMIT_MS;
  for (;;) {
    try {
      return await expectation();
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
