import { lastMessageBefore } from './report';

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
