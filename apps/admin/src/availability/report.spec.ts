import { cutsOf, hasData, lastMessageBefore, observedShare, observedSince, observedUntil, type Report } from './report';

const HOUR = 3_600_000;

describe('the last message before a downtime', () => {
  const period = { startMs: Date.parse('2023-01-16T00:00:00Z'), endMs: Date.parse('2023-01-17T00:00:00Z') };
  const before = (start: string, closedUntil?: string) => {
    const closed = closedUntil === undefined ? [] : [{ start_time: '2023-01-16T00:00:00Z', end_time: closedUntil }];
    const report = { closed_times: closed };
    const downtime = { start_time: start, end_time: '2023-01-16T12:00:00Z', duration: 0, session_id: 's1' };
    return lastMessageBefore(downtime, { report, period });
  };

  it('was two minutes before it', () => {
    expect(before('2023-01-16T09:02:00Z')).toBe(Date.parse('2023-01-16T09:00:00Z'));
    expect(before('2023-01-16T09:02:00Z', '2023-01-16T09:00:00Z')).toBe(Date.parse('2023-01-16T09:00:00Z'));
  });

  it('is not known if the period began meanwhile, or if chat was closed', () => {
    expect(before('2023-01-16T00:00:00Z')).toBeUndefined();
    expect(before('2023-01-16T09:01:00Z', '2023-01-16T09:00:00Z')).toBeUndefined();
  });
});

describe('observed time', () => {
  const period = { startMs: Date.parse('2023-01-16T00:00:00Z'), endMs: Date.parse('2023-01-17T00:00:00Z') };
  const [second, third] = ['2023-01-16T00:02:00.001Z', '2023-01-16T00:02:00Z'];

  it.each([
    ['begins with the first message, if that is more than two minutes after the start', second, 23 * HOUR, second],
    ['begins with the period, if the first message is within two minutes', third, 23 * HOUR, undefined],
    ['is that of the whole period, if silence before the first message counts', second, 24 * HOUR, undefined],
    ['misses no more than two minutes', second, 24 * HOUR - 120_000, undefined],
    ['misses more than two minutes', second, 24 * HOUR - 120_001, second],
    ['has no beginning without a message', null, 0, undefined],
    ['has no beginning if nothing is observed', second, 0, undefined],
  ])('%s', (_, first_message_at, observed_time, since) => {
    expect(observedSince({ first_message_at, observed_time, total_time: 24 * HOUR }, period)).toBe(since);
  });

  it.each([
    ['2023-01-16T23:57:59.999Z', 'ignore', true],
    ['2023-01-16T23:58:00Z', 'ignore', false],
    ['2023-01-16T12:00:00Z', 'count', false],
    [null, 'ignore', false],
  ] as const)('with the last message at %s, where edges %s, ends with it: %s', (last_message_at, edges, ends) => {
    const report = { summary: { last_message_at } } as Report;
    expect(observedUntil(report, period, edges)).toBe(ends ? last_message_at : undefined);
  });
});

describe('a report', () => {
  const report = (observed_time: number, total_down_time: number, first_message_at: string | null) =>
    ({ total_time: HOUR, total_down_time, summary: { observed_time, first_message_at } }) as Report;

  it('has data with a message, or with silence that began before', () => {
    expect(hasData(report(HOUR, 0, '2023-01-16T00:00:00Z'))).toBe(true);
    expect(hasData(report(HOUR, HOUR, null))).toBe(true);
    expect(hasData(report(0, 0, null))).toBe(false);
  });

  it('has a share of its observed time, if there is any', () => {
    expect(observedShare(report(1000, 10, null))).toEqual({ total_time: 1000, total_down_time: 10 });
    expect(observedShare(report(0, 0, null))).toBeUndefined();
  });

  it('cuts off what begins or ends with its period, but not what goes on', () => {
    const period = { startMs: Date.parse('2023-01-16T00:00:00Z'), endMs: Date.parse('2023-01-16T01:00:00Z') };
    const cuts = (start: string, end: string, ongoing?: true) =>
      cutsOf({ start_time: start, end_time: end, duration: 1, session_id: 's1', ongoing }, period);
    expect(cuts('2023-01-16T00:00:00Z', '2023-01-16T00:30:00Z')).toEqual({ start: true, end: false });
    expect(cuts('2023-01-16T00:30:00Z', '2023-01-16T01:00:00Z')).toEqual({ start: false, end: true });
    expect(cuts('2023-01-16T00:30:00Z', '2023-01-16T01:00:00Z', true)).toEqual({ start: false, end: false });
  });
});
