import fc from 'fast-check';
import type { Downtime, Report } from '../availability/report';
import { clockTimeOf, localDays } from '../time/local-days';
import { toZonedTime, type Period } from '../time/period';
import { type StripSource, stripsOf } from './day-strips';
import { heatMapOf } from './heat-map';
import { lengthOf, subtract } from '../time/parts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Of each property in each zone. */
const RUNS = { numRuns: 30 };

/** Zones, and an instant shortly before their clocks change: by an hour, by half an hour, at midnight, by a whole day. */
const CHANGES = [
  ['Europe/Berlin', '2026-10-20T05:00Z'],
  ['Europe/Berlin', '2026-03-25T05:00Z'],
  ['America/St_Johns', '2026-03-03T12:34Z'],
  ['Australia/Lord_Howe', '2026-04-01T00:00Z'],
  ['Africa/Cairo', '2026-04-20T00:00Z'],
  ['Pacific/Apia', '2011-12-26T12:00Z'],
  ['UTC', '2026-01-01T00:00Z'],
] as const;

const text = (ms: number) => new Date(ms).toISOString();
const times = ({ startMs, endMs }: Period) => ({ start_time: text(startMs), end_time: text(endMs) });

describe.each(CHANGES)('the history in %s from %s on', (zone, start) => {
  const startMs = Date.parse(start);
  const instant = fc.integer({ min: 0, max: 12 * 24 * 60 }).map((minute) => startMs + minute * MINUTE_MS);
  /** In order of time and without overlaps. */
  const parts = fc
    .uniqueArray(instant, { maxLength: 40 })
    .map((instants) => instants.sort((one, other) => one - other))
    .map((instants) =>
      Array.from({ length: instants.length >> 1 }, (_, index) => ({
        startMs: instants[2 * index]!,
        endMs: instants[2 * index + 1]!,
      })),
    );
  const period = fc
    .tuple(instant, instant)
    .filter(([one, other]) => one !== other)
    .map(([one, other]): Period => ({ startMs: Math.min(one, other), endMs: Math.max(one, other) }));

  /** A report, as the server would answer it, of silences within a period. */
  function sourceOf(asked: Period, silences: Period[], closed: Period[]): StripSource {
    const within = ({ startMs: from, endMs: to }: Period) => ({
      startMs: Math.max(from, asked.startMs),
      endMs: Math.min(to, asked.endMs),
    });
    const clip = (all: Period[]) => all.map(within).filter((one) => one.startMs < one.endMs);
    const [clippedClosed, open] = [clip(closed), subtract([asked], closed)];
    const downtimes = clip(silences).flatMap((silence): Downtime[] => {
      const left = subtract([silence], clippedClosed);
      if (left.length === 0) return [];
      const outer = { startMs: left[0]!.startMs, endMs: left.at(-1)!.endMs };
      return [{ ...times(outer), duration: lengthOf(left), session_id: 's' }];
    });
    const summary = { observed_time: lengthOf(open), first_message_at: null } as Report['summary'];
    const report = {
      down_times: downtimes,
      closed_times: clippedClosed.map(times),
      total_time: lengthOf(open),
      summary,
    };
    return { report, period: asked, edges: 'count' };
  }

  it('has as much silent and observed time as the report', () => {
    fc.assert(
      fc.property(period, parts, parts, (asked, silences, closed) => {
        const source = sourceOf(asked, silences, closed);
        const strips = stripsOf(source, localDays(asked, zone));
        const sum = (of: (strip: (typeof strips)[0]) => number) => strips.reduce((all, one) => all + of(one), 0);
        const total = source.report.down_times.reduce((all, { duration }) => all + duration, 0);
        expect(sum(({ silentMs }) => silentMs)).toBe(total);
        expect(sum(({ observedMs }) => observedMs)).toBe(source.report.total_time);
        const cells = heatMapOf(strips).flat();
        expect(cells.reduce((all, { silentMs }) => all + silentMs, 0)).toBe(total);
        expect(cells.reduce((all, { observedMs }) => all + observedMs, 0)).toBe(source.report.total_time);
        expect(cells.every(({ silentMs, observedMs }) => silentMs <= observedMs)).toBe(true);
      }),
      RUNS,
    );
  });

  it('puts each minute into the hour and weekday that its clocks show', () => {
    fc.assert(
      fc.property(instant, (atMs) => {
        const asked = { startMs, endMs: startMs + 13 * DAY_MS };
        const minute = { startMs: atMs, endMs: atMs + MINUTE_MS };
        const cells = heatMapOf(stripsOf(sourceOf(asked, [minute], []), localDays(asked, zone)));
        const shown = toZonedTime(atMs, zone);
        expect(cells[shown.dayOfWeek - 1]![shown.hour]!.silentMs).toBe(MINUTE_MS);
      }),
      RUNS,
    );
  });

  it('has each day once, without a gap between two, and the time that clocks show in it', () => {
    fc.assert(
      fc.property(period, instant, (asked, atMs) => {
        const days = localDays(asked, zone);
        expect(days.slice(1).map((day) => day.startMs)).toEqual(days.slice(0, -1).map((day) => day.endMs));
        const day = days.find((one) => one.startMs <= atMs && atMs < one.endMs);
        fc.pre(day !== undefined);
        const shown = toZonedTime(atMs, zone);
        expect(day.date).toBe(shown.toPlainDate().toString());
        expect(clockTimeOf(day, atMs)).toBe((shown.hour * 60 + shown.minute) * MINUTE_MS);
      }),
      RUNS,
    );
  });
});

describe('unknown time', () => {
  const period = { startMs: Date.parse('2026-03-06T12:00Z'), endMs: Date.parse('2026-03-08T06:00Z') };
  const report = (summary: Partial<Report['summary']>) => ({
    down_times: [],
    total_time: period.endMs - period.startMs,
    summary: summary as Report['summary'],
  });
  const unknown = (source: Pick<StripSource, 'report' | 'edges'>) =>
    stripsOf({ ...source, period }, localDays(period, 'UTC')).flatMap((strip) => strip.unknown.map(times));

  it('is before the first message, but not after now', () => {
    const summary = { observed_time: 30 * 3_600_000, first_message_at: '2026-03-07T00:00:00Z' };
    expect(unknown({ report: report(summary), edges: 'count' })).toEqual([
      { start_time: '2026-03-06T12:00:00.000Z', end_time: '2026-03-07T00:00:00.000Z' },
    ]);
  });

  it('is none if the period is observed from its start, whenever the first message in it was', () => {
    const summary = { observed_time: 42 * 3_600_000, first_message_at: '2026-03-07T00:00:00Z' };
    expect(unknown({ report: report(summary), edges: 'count' })).toEqual([]);
  });

  it('is after the last message where edges do not count, and everywhere without messages', () => {
    const [first_message_at, last_message_at] = ['2026-03-06T12:00:00Z', '2026-03-07T12:00:00Z'];
    const summary = { observed_time: 24 * 3_600_000, first_message_at, last_message_at };
    expect(unknown({ report: report(summary), edges: 'ignore' })).toEqual([
      { start_time: '2026-03-07T12:00:00.000Z', end_time: '2026-03-08T00:00:00.000Z' },
      { start_time: '2026-03-08T00:00:00.000Z', end_time: '2026-03-08T06:00:00.000Z' },
    ]);
    const nothing = { observed_time: 0, first_message_at: null, last_message_at: null };
    expect(unknown({ report: report(nothing), edges: 'ignore' })).toHaveLength(3);
  });
});
