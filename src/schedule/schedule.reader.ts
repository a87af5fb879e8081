import {
  formatDailyHours,
  formatWeeklyHours,
  OpeningHoursError,
  parseDailyHours,
  parseWeeklyHours,
} from '@chat-reports/nestjs';
import { formatInstant, isTimeZone, parseInstant } from '@chat-reports/nestjs/internal';
import { type Fields, isObject, JsonReader } from './json.reader';
import { ScheduleError } from './schedule.error';
import type { Schedule, ScheduleException, ScheduleExclusion, ScheduleVersion, Timetable } from './schedule';

const TIMETABLE_FIELDS = ['timezone', 'versions', 'exceptions', 'exclusions'];
const DATE_FORM = 'must be a date, such as 2026-01-01';
const INSTANT_FORM = 'must be a time with its offset, such as 2026-03-10T10:00:00Z';
const HAS_OFFSET = /(Z|[+-]\d\d(:?\d\d)?)$/i;

/**
 * Reads a schedule, and writes its hours, dates and times in one form.
 *
 * @param json what JSON.parse returns
 * @throws ScheduleError
 */
export function readSchedule(json: unknown): Schedule {
  if (!isObject(json))
    throw new ScheduleError(['the schedule must be an object, such as {"timezone": "Europe/Berlin", …}']);
  const reader = new ScheduleReader();
  const schedule = reader.readSchedule(json);
  if (reader.problems.length > 0) throw new ScheduleError(reader.problems);
  return schedule;
}

class ScheduleReader extends JsonReader {
  readSchedule(json: Fields): Schedule {
    const fields = this.readObject(json, '', [...TIMETABLE_FIELDS, 'channels']);
    const { channels = {} } = fields;
    if (!isObject(channels)) this.reject('channels', 'must be an object: the hours of channels by their names');
    return {
      ...this.readTimetable(fields, ''),
      channels: Object.fromEntries(
        Object.entries(isObject(channels) ? channels : {}).map(([name, value]) => {
          const path = `channels[${JSON.stringify(name)}]`;
          if (name.includes('\0')) this.reject(path, 'must not contain a NUL character');
          return [name, this.readTimetable(this.readObject(value, path, TIMETABLE_FIELDS), `${path}.`)];
        }),
      ),
    };
  }

  private readTimetable({ timezone, versions, exceptions, exclusions }: Fields, prefix: string): Timetable {
    const isZone = typeof timezone === 'string' && isTimeZone(timezone);
    if (!isZone) this.reject(`${prefix}timezone`, 'must be one IANA time zone name, such as Europe/Berlin or UTC');
    return {
      timezone: isZone ? timezone : '',
      versions: this.readVersions(versions, `${prefix}versions`),
      exceptions: this.readExceptions(exceptions, `${prefix}exceptions`),
      exclusions: this.readList(exclusions, `${prefix}exclusions`, (item, path) => this.readExclusion(item, path)),
    };
  }

  private readVersions(value: unknown, path: string): ScheduleVersion[] {
    const versions = this.readList(value, path, (item, at) => {
      const { valid_from = null, hours } = this.readObject(item, at, ['valid_from', 'hours']);
      return {
        valid_from: valid_from === null ? null : this.readDate(valid_from, `${at}.valid_from`),
        hours: this.readHours(hours, `${at}.hours`, (text) => formatWeeklyHours(parseWeeklyHours(text))),
      };
    });
    if (versions.length === 0 && (value === undefined || Array.isArray(value)))
      this.reject(path, 'must have at least one version, such as {"hours": "Mo-Fr 09:00-18:00"}');
    const startOf = ({ valid_from }: ScheduleVersion) => valid_from ?? '';
    this.rejectRepeated(versions.map(startOf), path, (date) =>
      date === '' ? 'may have one version without valid_from' : `has ${date} twice`,
    );
    return versions.sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
  }

  private readExceptions(value: unknown, path: string): ScheduleException[] {
    const exceptions = this.readList(value, path, (item, at) => {
      const { date, hours, name } = this.readObject(item, at, ['date', 'hours', 'name']);
      return {
        date: this.readDate(date, `${at}.date`),
        hours: this.readHours(hours, `${at}.hours`, (text) => formatDailyHours(parseDailyHours(text))),
        ...(name !== undefined && { name: this.readText(name, `${at}.name`) }),
      };
    });
    this.rejectRepeated(
      exceptions.map(({ date }) => date),
      path,
      (date) => `has ${date} twice`,
    );
    return exceptions;
  }

  private readExclusion(item: unknown, path: string): ScheduleExclusion {
    const fields = this.readObject(item, path, ['start', 'end', 'reason']);
    const [startMs, endMs] = (['start', 'end'] as const).map((name) => {
      const text = fields[name];
      const instant = typeof text === 'string' && HAS_OFFSET.test(text) ? parseInstant(text) : undefined;
      if (instant === undefined) this.reject(`${path}.${name}`, INSTANT_FORM);
      return instant ?? NaN;
    }) as [number, number];
    if (endMs <= startMs) this.reject(`${path}.end`, 'must be later than start');
    const format = (ms: number) => (Number.isNaN(ms) ? '' : formatInstant(new Date(ms)));
    return { start: format(startMs), end: format(endMs), reason: this.readText(fields.reason, `${path}.reason`) };
  }

  private readHours(value: unknown, path: string, normalize: (text: string) => string): string {
    try {
      if (typeof value === 'string') return normalize(value);
      this.reject(
        path,
        'must be a text, such as "Mo-Fr 09:00-18:00" in versions and "10:00-14:00" or "off" in exceptions',
      );
    } catch (error) {
      if (!(error instanceof OpeningHoursError)) throw error;
      this.reject(path, error.message);
    }
    return '';
  }

  private readDate(value: unknown, path: string): string {
    const isDate =
      typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && parseInstant(`${value}T00:00Z`) !== undefined;
    if (!isDate) this.reject(path, DATE_FORM);
    return isDate ? value : path;
  }
}
