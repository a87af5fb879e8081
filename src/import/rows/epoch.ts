/** Units of time since 1970. */
export const EPOCH_UNITS = ['s', 'ms', 'us', 'ns'] as const;
export type EpochUnit = (typeof EPOCH_UNITS)[number];

/** How many more decimal digits a unit has than milliseconds; negative if fewer. */
const DIGITS: Record<EpochUnit, number> = { s: -3, ms: 0, us: 3, ns: 6 };
/** A unit is recognized if the instant is in the years 1973 to 2100, for which a number has only one meaning. */
const RECOGNIZED_FROM_MS = 1e11;
const RECOGNIZED_TO_MS = 4.1e12;
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');
const NUMBER = /^(\d+)(?:\.(\d*))?$/;

/** Whether a text is a number, and so can only be a time since 1970. */
export function isEpoch(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Reads a number as a time since 1970. Fractions of a millisecond are dropped.
 *
 * @param unit default: the unit with which the time is in the years 1973 to 2100
 * @returns milliseconds since 1970 and the unit; undefined if there is no such time
 */
export function parseEpoch(text: string, unit?: EpochUnit): { ms: number; unit: EpochUnit } | undefined {
  const [, whole = '', fraction = ''] = NUMBER.exec(text) ?? [];
  if (whole === '') return undefined;
  // Shifts digits, because a division would be inexact.
  const inUnit = (candidate: EpochUnit) => {
    const digits = DIGITS[candidate];
    return digits > 0
      ? Number(whole.slice(0, -digits))
      : Number(whole + fraction.slice(0, -digits).padEnd(-digits, '0'));
  };
  const isRecognized = (candidate: EpochUnit) =>
    inUnit(candidate) >= RECOGNIZED_FROM_MS && inUnit(candidate) < RECOGNIZED_TO_MS;
  const found = unit ?? EPOCH_UNITS.find(isRecognized);
  return found === undefined || inUnit(found) > LAST_MS ? undefined : { ms: inUnit(found), unit: found };
}
