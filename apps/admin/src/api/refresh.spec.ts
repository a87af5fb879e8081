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
});
