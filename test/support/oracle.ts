import type { TestMessage } from './database';

/** The query of a report. With `nowMs`, silence at the edges counts. */
export interface ExpectedQuery {
  organizationId: string;
  channel?: string;
  startMs: number;
  endMs: number;
  nowMs?: number;
}

/** The report by the plainest reading of its rules: filter, sort, loop, clip. Shares no code with the product. */
export function expectedReport(messages: Required<TestMessage>[], query: ExpectedQuery) {
  const { organizationId, channel, startMs, endMs, nowMs } = query;
  const stream = messages
    .filter((message) => message.organizationId === organizationId)
    .filter((message) => channel === undefined || message.channel === channel)
    .map((message) => ({ ...message, at: Number(message.at) }))
    .filter(({ at }) => (nowMs === undefined ? at >= startMs && at <= endMs : at <= nowMs))
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const downTimes = [];
  for (const [index, message] of stream.entries()) {
    const next = stream[index + 1];
    if (next === undefined && nowMs === undefined) continue;
    const start = Math.max(message.at + 120_000, startMs);
    const end = Math.min(next?.at ?? nowMs!, endMs, nowMs ?? endMs);
    if (end <= start) continue;
    const downTime = { start_time: instantText(start), end_time: instantText(end), duration: end - start };
    const ongoing = next === undefined ? { ongoing: true } : {};
    downTimes.push({ ...downTime, session_id: message.sessionId, ...ongoing });
  }
  const totalDownTime = downTimes.reduce((sum, { duration }) => sum + duration, 0);
  const totalTime = endMs - startMs;
  return {
    availability_percentage: ((totalTime - totalDownTime) / totalTime) * 100,
    down_times: downTimes,
    total_down_time: totalDownTime,
    total_time: totalTime,
  };
}

/** ISO 8601 in UTC, with milliseconds only if they are not zero. */
export function instantText(ms: number): string {
  const [seconds, milliseconds] = new Date(ms).toISOString().replace('Z', '').split('.');
  return milliseconds === '000' ? `${seconds}Z` : `${seconds}.${milliseconds}Z`;
}
