import prettyMilliseconds from 'pretty-ms';

/** A duration in its two largest units, rounded down: `1h 36m`. Below zero it has a minus. */
export function formatDuration(durationMs: number): string {
  if (durationMs === 0) return 'none';
  const text = prettyMilliseconds(Math.abs(durationMs), { unitCount: 2, secondsDecimalDigits: 0 });
  return durationMs < 0 ? `−${text}` : text;
}

/** The same in words: `1 hour 36 minutes`. */
export function formatDurationInWords(durationMs: number): string {
  return prettyMilliseconds(durationMs, { unitCount: 2, secondsDecimalDigits: 0, verbose: true });
}

type Style = 'instant' | 'minute' | 'hour' | 'day' | 'month';

const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  instant: { dateStyle: 'medium', timeStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  hour: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
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
