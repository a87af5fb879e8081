import { parseInstant } from '@chat-reports/nestjs/internal';
import { type EpochUnit, isEpoch, parseEpoch } from './epoch';
import { LocalClock } from './local-clock';

const HAS_OFFSET = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i;
const DATE_TIME_START = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?/i;
const UNIT_NAMES: Record<EpochUnit, string> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};

/** How to read times that are ambiguous on their own. */
export interface TimeOptions {
  /** The time zone of times without an offset, a name in the IANA database. Default: UTC. */
  timeZone?: string;
  /** The unit of times that are numbers. Default: recognized by their magnitude. */
  epoch?: EpochUnit;
}

/** Reads the times of messages: ISO 8601 as programs and databases print it, and numbers, which are times since 1970. */
export class TimeReader {
  private readonly clock?: LocalClock;
  private readonly recognized = new Set<EpochUnit>();

  constructor(private readonly options: TimeOptions) {
    if (options.timeZone !== undefined) this.clock = new LocalClock(options.timeZone);
  }

  /** The units of times since 1970 that have been recognized by their magnitude, for messages. */
  get recognizedUnits(): string | undefined {
    return [...this.recognized].map((unit) => `${UNIT_NAMES[unit]} (--epoch ${unit})`).join(' and ') || undefined;
  }

  /** @returns milliseconds since 1970; undefined if the value is not a time */
  read(value: unknown): number | undefined {
    if (typeof value === 'number') return this.readEpoch(String(value));
    if (typeof value === 'string') return this.readIso(value) ?? this.readOther(value.trim());
    return this.readMongo(value);
  }

  private readIso(text: string): number | undefined {
    const instant = parseInstant(text);
    if (instant === undefined || this.clock === undefined || HAS_OFFSET.test(text)) return instant;
    return this.clock.toInstant(instant);
  }

  private readOther(text: string): number | undefined {
    return isEpoch(text) ? this.readEpoch(text) : this.readIso(normalize(text));
  }

  /** MongoDB writes `{"$date": …}`: text, or milliseconds, which may be in `{"$numberLong": …}`. */
  private readMongo(value: unknown): number | undefined {
    const date = (value as { $date?: unknown } | null | undefined)?.$date;
    const long = (date as { $numberLong?: unknown } | null | undefined)?.$numberLong ?? date;
    if (typeof date === 'string') return this.read(date);
    return typeof long === 'string' || typeof long === 'number' ? parseEpoch(String(long), 'ms')?.ms : undefined;
  }

  private readEpoch(text: string): number | undefined {
    const epoch = parseEpoch(text, this.options.epoch);
    if (epoch !== undefined && this.options.epoch === undefined) this.recognized.add(epoch.unit);
    return epoch?.ms;
  }
}

/** Explains why a value is not read, in words that follow the name of the column. */
export function explainTime(value: unknown): string {
  const text = String(value).trim();
  if (text === '') return 'is empty';
  if (isExcelDate(text)) return 'is a number of days, as Excel counts them; format the column as yyyy-mm-dd hh:mm:ss';
  if (isEpoch(text)) return 'is not a time since 1970 in the years 1973 to 2100; --epoch s, ms, us or ns says its unit';
  if (/^\d{4}-?\d\d-?\d\d$/.test(text)) return 'has no time of day';
  const start = DATE_TIME_START.exec(normalize(text))?.[0];
  if (start !== undefined && parseInstant(start) === undefined) return 'is a time that does not exist';
  return 'is not an ISO 8601 time such as 2023-01-15T10:28:00.250Z';
}

/** Days from 1954 to 2119; as seconds, they would all be on the first day of 1970. */
function isExcelDate(text: string): boolean {
  return /^[2-7]\d{4}(?:[.,]\d+)?$/.test(text);
}

/** Converts the forms of common programs to one that `parseInstant` reads. */
function normalize(text: string): string {
  return (
    text
      // Java and Temporal: 2024-05-06T08:01:00+02:00[Europe/Berlin]
      .replace(/(Z|[+-]\d\d:?\d\d)\[[^\]]+\]$/i, '$1')
      // Go and Ruby: 2024-05-06 08:01:00 +0200 CEST
      .replace(/ ([+-]\d\d(?::?\d\d)?)(?: [A-Z]{2,5}| [+-]\d{4})?$/, '$1')
      // BigQuery: 2024-05-06 08:01:00 UTC
      .replace(/ ?(?:UTC|GMT|Z)$/i, 'Z')
      // Excel in East Asia and Sweden: 2024/5/6 8:01, 2024-05-06 8:01
      .replace(/^(\d{4})([-/])(\d\d?)\2(\d\d?)[T ](\d\d?)(?=:)/i, (_, year, __, month, day, hour) => {
        const [twoMonth, twoDay, twoHour] = [month, day, hour].map((digits: string) => digits.padStart(2, '0'));
        return `${year}-${twoMonth}-${twoDay}T${twoHour}`;
      })
      // The basic format of ISO 8601: 20240506T080100Z
      .replace(/^(\d{4})(\d\d)(\d\d)[T ](\d\d)(\d\d)(\d\d)?/i, (_, year, month, day, hour, minute, second = '00') =>
        [[year, month, day].join('-'), [hour, minute, second].join(':')].join('T'),
      )
  );
}
