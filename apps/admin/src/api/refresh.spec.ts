import { Problem } from './problem.error';
import { refreshAfterMs } from './refresh';

const USUAL_MS = 15_000;

describe('the pause before a query is repeated', () => {
  const pauseAfter = async (retryAfter?: string) => {
    const headers = retryAfter === undefined ? undefined : { 'Retry-After': retryAfter };
    const error = await Problem.of(new Response('{}', { status: 503, headers }));
    return refreshAfterMs({ state: { status: 'error', error, errorUpdateCount: 1 } as never }, USUAL_MS);
  };

  it.each([
    ['17', 17_000],
    ['7200', 300_000],
    ['99999999999999999999', 300_000],
    ['0', 1_000],
    ['-5', 1_000],
    ['soon', 1_000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 1_000],
    [undefined, 1_000],
  ])('is, when the server asks for %s, %d ms', async (retryAfter, pauseMs) => {
    expect(await pauseAfter(retryAfter)).toBe(pauseMs);
  });

  it('lasts until the date that the server names', async () => {
    const pauseMs = await pauseAfter(new Date(Date.now() + 30_000).toUTCString());
    expect(pauseMs).toBeGreaterThan(25_000);
    expect(pauseMs).toBeLessThanOrEqual(31_000);
  });

  it('doubles with each failure after the last success, up to half a minute', async () => {
    const error = await Problem.of(new Response('{}', { status: 503 }));
    const query = { state: { status: 'success', error: null, errorUpdateCount: 7 } };
    expect(refreshAfterMs(query as never, USUAL_MS)).toBe(USUAL_MS);
    const pauses = [8, 9, 10, 11, 12, 13, 14].map((errorUpdateCount) => {
      query.state = { status: 'error', error: error as never, errorUpdateCount };
      return refreshAfterMs(query as never, USUAL_MS);
    });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });
});
