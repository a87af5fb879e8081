import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { type ReportClient, ReportSlots, TooManyReportsError } from './report-slots';

const LIMIT = 3;
/** The signal of a client that stays. */
const never = new AbortController().signal;
// All requests of a test may wait with this signal.
setMaxListeners(0, never);

describe('slots for reports', () => {
  afterEach(() => jest.useRealTimers());

  function greedy(slots: ReportSlots, count: number): Promise<() => void>[] {
    const asked = Array.from({ length: count }, () =>
      slots.acquire({ principal: 'greedy', organizationId: 'acme' }, never),
    );
    // Those that still wait at the end of a test are refused after it.
    for (const one of asked) one.catch(() => undefined);
    return asked;
  }

  it('give a principal as many as its limit, let a few wait, and refuse the rest at once', async () => {
    const slots = new ReportSlots(LIMIT, 100);
    const asked = greedy(slots, 20);
    const refused = asked.slice(15);
    for (const one of refused) await expect(one).rejects.toThrow(TooManyReportsError);
    const [first] = await Promise.all(asked.slice(0, LIMIT));
    let isGranted = false;
    void asked[LIMIT]!.then(() => (isGranted = true));
    await flush();
    expect(isGranted).toBe(false);
    first!();
    await asked[LIMIT];
  });

  it('are limited for an organization over all its principals', async () => {
    const slots = new ReportSlots(LIMIT, 100);
    await Promise.all(['a', 'b', 'c'].map((principal) => slots.acquire({ principal, organizationId: 'acme' }, never)));
    let isGranted = false;
    slots.acquire({ principal: 'd', organizationId: 'acme' }, never).then(
      () => (isGranted = true),
      () => undefined,
    );
    await slots.acquire({ principal: 'd', organizationId: 'other' }, never);
    expect(isGranted).toBe(false);
  });

  it('are limited for all slow organizations together to what one may have, until they are fast again', async () => {
    const slots = new ReportSlots(LIMIT, 100);
    const enter = (organizationId: string) => slots.acquire({ principal: organizationId, organizationId }, never);
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) slots.setSlow(name, true);
    const granted: string[] = [];
    const entered = names.map(async (name) => {
      const release = await enter(name);
      granted.push(name);
      return release;
    });
    // Those that still wait at the end of the test are refused after it.
    for (const one of entered) one.catch(() => undefined);
    await enter('fast');
    expect(granted).toEqual(['a', 'b', 'c']);
    slots.setSlow('a', false);
    (await entered[0]!)();
    await entered[3];
    expect(granted).toEqual(['a', 'b', 'c', 'd']);
    slots.setSlow('e', false);
    await enter('e');
  });

  it('go to the principal that has the fewest, however many others have waited longer', async () => {
    const slots = new ReportSlots(LIMIT, 100);
    const [release] = await Promise.all(greedy(slots, 15).slice(0, LIMIT));
    const patient = slots.acquire({ principal: 'patient', organizationId: 'acme' }, never);
    release!();
    await patient;
  });

  it('are refused to clients that have waited too long, which are then forgotten', async () => {
    jest.useFakeTimers();
    const slots = new ReportSlots(1, 1);
    const [running, waiting] = greedy(slots, 2);
    const refused = expect(waiting).rejects.toThrow(TooManyReportsError);
    await jest.advanceTimersByTimeAsync(5_000);
    await refused;
    (await running!)();
    await Promise.all(greedy(slots, 1));
  });

  it('are not kept for a client that disconnects while it waits', async () => {
    const slots = new ReportSlots(1, 1);
    const [running] = greedy(slots, 1);
    const client = new AbortController();
    const waiting = slots.acquire({ principal: 'gone', organizationId: 'acme' }, client.signal);
    client.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const next = slots.acquire({ principal: 'next', organizationId: 'acme' }, never);
    (await running!)();
    await next;
  });

  it('never exceed a limit, and keep no client waiting that could have a slot', async () => {
    const request = fc.record({
      principal: fc.constantFrom('a', 'b', 'c', undefined),
      organizationId: fc.constantFrom('x', 'y'),
    });
    const step = fc.oneof(request, fc.nat());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), async (steps, capacity) => {
        const slots = new ReportSlots(2, capacity);
        const running: { client: ReportClient; release: () => void }[] = [];
        const waiting = new Set<ReportClient>();
        const count = (matches: (client: ReportClient) => boolean) =>
          running.filter(({ client }) => matches(client)).length;
        for (const one of steps) {
          if (typeof one === 'number') running.splice(one % Math.max(1, running.length), 1)[0]?.release();
          else {
            waiting.add(one);
            slots.acquire(one, never).then(
              (release) => {
                waiting.delete(one);
                running.push({ client: one, release });
              },
              () => waiting.delete(one),
            );
          }
          await flush();
          expect(running.length).toBeLessThanOrEqual(capacity);
          for (const name of ['x', 'y'])
            expect(count((client) => client.organizationId === name)).toBeLessThanOrEqual(2);
          for (const name of ['a', 'b', 'c'])
            expect(count((client) => client.principal === name)).toBeLessThanOrEqual(2);
          for (const { principal, organizationId } of waiting) {
            const isBlocked =
              running.length === capacity ||
              count((client) => client.organizationId === organizationId) === 2 ||
              (principal !== undefined && count((client) => client.principal === principal) === 2);
            expect(isBlocked).toBe(true);
          }
        }
        for (let one = running.pop(); one !== undefined; one = running.pop()) {
          one.release();
          await flush();
        }
        expect(waiting.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

/** Lets everything happen that needs no time. */
function flush(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
