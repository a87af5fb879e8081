import type { WeeklyHours } from '@chat-reports/nestjs';
import type { TestMessage } from './database';
import { type ExpectedQuery, instantText } from './oracle';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The minutes of some days, one by one, and what the clocks of a zone show in each. Shares no code with the product. */
export class ShownMinutes {
  /** By the latest local time shown so far: clocks that are set back show earlier times again. */
  private readonly shown: ShownMinute[] = [];

  constructor(
    timeZone: string,
    readonly startMs: number,
    days: number,
  ) {
    const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    let latestMs = -Infinity;
    for (let minute = 0; minute < (days * DAY_MS) / MINUTE_MS; minute++) {
      const local = format.format(startMs + minute * MINUTE_MS);
      latestMs = Math.max(latestMs, Date.parse(`${local.replace(' ', 'T')}Z`));
      this.shown.push(shownMinute(latestMs));
    }
  }

  /** The instants at which minutes with opening hours begin. */
  openIn(hours: WeeklyHours): number[] {
    return [...this.shown.keys()]
      .filter((minute) => isOpen(hours, this.shown[minute]!))
      .map((minute) => this.startMs + minute * MINUTE_MS);
  }
}

/** The report in open time, by the plainest reading of its rules: minute by minute through each gap. */
export function expectedOpenReport(messages: Required<TestMessage>[], query: ExpectedQuery, openMinutes: number[]) {
  const { organizationId, channel, startMs, endMs } = query;
  const stream = messages
    .map((message) => ({ ...message, at: Number(message.at) }))
    .filter((message) => message.organizationId === organizationId)
    .filter((message) => channel === undefined || message.channel === channel)
    .filter(({ at }) => at >= startMs && at <= endMs)
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const downTimes = stream.slice(1).flatMap((next, index) => {
    const message = stream[index]!;
    let free = 120_000;
    let start: number | undefined;
    let end = 0;
    let duration = 0;
    for (const [from, to] of openParts(openMinutes, message.at, next.at)) {
      const spent = Math.min(free, to - from);
      free -= spent;
      if (from + spent === to) continue;
      start ??= from + spent;
      end = to;
      duration += to - from - spent;
    }
    if (start === undefined) return [];
    return [{ start_time: instantText(start), end_time: instantText(end), duration, session_id: message.sessionId }];
  });
  const sumOf = (durations: number[]) => durations.reduce((sum, duration) => sum + duration, 0);
  const totalDownTime = sumOf(downTimes.map(({ duration }) => duration));
  const totalTime = sumOf(openParts(openMinutes, startMs, endMs).map(([from, to]) => to - from));
  return {
    availability_percentage: totalTime === 0 ? null : ((totalTime - totalDownTime) / totalTime) * 100,
    total_down_time: totalDownTime,
    total_time: totalTime,
    down_times: downTimes,
  };
}

/** The parts of open minutes between two instants. */
function openParts(openMinutes: number[], startMs: number, endMs: number): [from: number, to: number][] {
  const first = openMinutes.findIndex((minuteMs) => minuteMs > startMs - MINUTE_MS);
  const next = openMinutes.findIndex((minuteMs) => minuteMs >= endMs);
  if (first === -1) return [];
  return openMinutes
    .slice(first, next === -1 ? undefined : next)
    .map((minuteMs): [number, number] => [Math.max(minuteMs, startMs), Math.min(minuteMs + MINUTE_MS, endMs)])
    .filter(([start, end]) => start < end);
}

/** A day of the week, from 0 for Monday, and a minute of it. */
interface ShownMinute {
  weekday: number;
  minute: number;
}

/** @param localMs a local time, as if it were in UTC */
function shownMinute(localMs: number): ShownMinute {
  const minute = Math.floor(localMs / MINUTE_MS) % (DAY_MS / MINUTE_MS);
  return { weekday: (new Date(localMs).getUTCDay() + 6) % 7, minute };
}

/** Whether a local time is in the hours of its day, or in those of the day before. */
function isOpen(hours: WeeklyHours, { weekday, minute }: ShownMinute): boolean {
  const holds = (day: number, at: number) => hours[day]!.some(({ start, end }) => start <= at && at < end);
  return holds(weekday, minute) || holds((weekday + 6) % 7, minute + DAY_MS / MINUTE_MS);
}
