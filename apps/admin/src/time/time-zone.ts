import { Temporal } from 'temporal-polyfill';

/** IANA name of the browser's time zone; UTC if the browser does not know it, and says `Etc/Unknown` or nothing. */
export const BROWSER_ZONE = zoneOr('UTC', new Intl.DateTimeFormat().resolvedOptions().timeZone);

/** The zones that the browser knows, to choose from: first the chosen one, the browser's and UTC. */
export function zoneOptions(chosen: string): { value: string; label: string }[] {
  const zones = [...new Set([chosen, BROWSER_ZONE, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** Checks whether the browser knows a time zone. Offsets are rejected: they do not follow daylight saving time. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    // Some browsers can format times in zones for which they support nothing else.
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return new Intl.DateTimeFormat(undefined, { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function zoneOr(other: string, name: string | undefined): string {
  return name !== undefined && isTimeZone(name) ? name : other;
}
