import prettyMilliseconds from 'pretty-ms';
import type { Period } from '../filters/period';

/** A duration in its two largest units, rounded down: `1h 36m`. Below zero it has a minus. */
export function formatDuration(durationMs: number): string {
  const text = prettyMilliseconds(Math.abs(durationMs), { unitCount: 2, secondsDecimalDigits: 0 });
  return durationMs < 0 ? `−${text}` : text;
}

/** The same in words: `1 hour 36 minutes`. */
export function formatDurationInWords(durationMs: number): string {
  return prettyMilliseconds(durationMs, { unitCount: 2, secondsDecimalDigits: 0, verbose: true });
}

/** A period in words: `1 Nov 2026, 00:00 – 22 Nov 2026, 13:22`. */
export function formatPeriod({ startMs, endMs }: Period, zone: string): string {
  return `${formatTime(startMs, zone, 'minute')} – ${formatTime(endMs, zone, 'minute')}`;
}

type Style = 'instant' | 'minute' | 'clock' | 'hour' | 'day' | 'week' | 'month';

const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  instant: { dateStyle: 'medium', timeStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  clock: { hour: '2-digit', minute: '2-digit' },
  // The name of the zone tells apart the hour that comes twice when clocks go back.
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** A time on the clocks of a time zone, as the browser's language writes it. */
export function formatTime(time: string | number, zone: string, style: Style = 'instant'): string {
  const key = `${style} ${zone}`;
  // Making a format takes as long as using it a hundred times.
  const format = formats.get(key) ?? new Intl.DateTimeFormat(undefined, { ...STYLES[style], timeZone: zone });
  formats.set(key, format);
  return format.format(new Date(time));
}
