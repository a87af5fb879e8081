import type { TestMessage } from './database';

/** The report by the plainest reading of its rules: filter, sort, loop. Shares no code with the product. */
export function expectedReport(
  messages: Required<TestMessage>[],
  query: { organizationId: string; channel?: string; startMs: number; endMs: number },
) {
  const stream = messages
    .filter(
      ({ organizationId, channel }) =>
        organizationId === query.organizationId && channel === (query.channel ?? channel),
    )
    .filter(({ at }) => Number(at) >= query.startMs && Number(at) <= query.endMs)
    .sort((a, b) => Number(a.at) - Number(b.at) || (a.id < b.id ? -1 : 1));
  const downTimes = [];
  let totalDownTime = 0;
  for (let next = 1; next < stream.length; next++) {
    const start = Number(stream[next - 1]!.at) + 120_000;
    const end = Number(stream[next]!.at);
    if (end <= start) continue;
    downTimes.push({
      start_time: text(start),
      end_time: text(end),
      duration: end - start,
      session_id: stream[next - 1]!.sessionId,
    });
    totalDownTime += end - start;
  }
  const totalTime = query.endMs - query.startMs;
  return {
    availability_percentage: ((totalTime - totalDownTime) / totalTime) * 100,
    down_times: downTimes,
    total_down_time: totalDownTime,
    total_time: totalTime,
  };
}

function text(ms: number): string {
  const [seconds, milliseconds] = new Date(ms).toISOString().replace('Z', '').split('.');
  return milliseconds === '000' ? `${seconds}Z` : `${seconds}.${milliseconds}Z`;
}
