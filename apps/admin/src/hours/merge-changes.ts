import type { components } from '../api/schema';
import type { Schedule } from './schedule';

type Timetable = components['schemas']['TimetableBody'];

/** The parts of a schedule that are merged each by itself. */
export type SchedulePart = 'timezone' | 'versions' | 'exceptions' | 'exclusions' | 'channels';

/** Two changes of one schedule made into one. */
export interface Merged {
  schedule: Schedule;
  /** Parts in which both changed the same entry. Mine is kept there. */
  conflicts: SchedulePart[];
}

/**
 * Adds the changes that somebody else has stored to mine. Hours are the same entry if they apply from the same date,
 * exceptions if they are for the same date, and exclusions if they have the same times.
 *
 * @param base the schedule that both changes were made of
 */
export function mergeChanges(base: Schedule, mine: Schedule, theirs: Schedule): Merged {
  const conflicts: SchedulePart[] = [];
  const pick = (part: SchedulePart, values: Versions<unknown>): unknown => {
    if (isSame(values.mine, values.base)) return values.theirs;
    if (!isSame(values.theirs, values.base) && !isSame(values.theirs, values.mine)) conflicts.push(part);
    return values.mine;
  };
  const all = { base, mine, theirs };
  const list = <Entry>(part: SchedulePart, of: (one: Schedule) => Entry[], keyOf: (entry: Entry) => string): Entry[] =>
    Object.values(
      mergeKeyed(
        mapVersions(all, (one) => Object.fromEntries(of(one).map((entry) => [keyOf(entry), entry]))),
        (values) => pick(part, values),
      ),
    );
  const schedule: Schedule = {
    timezone: pick(
      'timezone',
      mapVersions(all, ({ timezone }) => timezone),
    ) as string,
    versions: list(
      'versions',
      ({ versions }) => versions,
      ({ valid_from }) => valid_from ?? '',
    ),
    exceptions: list(
      'exceptions',
      ({ exceptions = [] }) => exceptions,
      ({ date }) => date,
    ),
    exclusions: list(
      'exclusions',
      ({ exclusions = [] }) => exclusions,
      ({ start, end }) => `${start} ${end}`,
    ),
    channels: mergeKeyed<Timetable>(
      mapVersions(all, ({ channels = {} }) => channels),
      (values) => pick('channels', values),
    ),
  };
  return { schedule, conflicts: [...new Set(conflicts)] };
}

interface Versions<Value> {
  base: Value;
  mine: Value;
  theirs: Value;
}

function mapVersions<From, To>({ base, mine, theirs }: Versions<From>, map: (one: From) => To): Versions<To> {
  return { base: map(base), mine: map(mine), theirs: map(theirs) };
}

/** Merges keyed entries one by one; an entry that is undefined does not exist. */
function mergeKeyed<Entry>(
  all: Versions<Record<string, Entry>>,
  pick: (values: Versions<unknown>) => unknown,
): Record<string, Entry> {
  const keys = [...new Set([...Object.keys(all.theirs), ...Object.keys(all.mine)])];
  const entries = keys.map((key) => [key, pick(mapVersions(all, (one) => one[key]))] as const);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined)) as Record<string, Entry>;
}

/** Compares JSON values, whatever the order of their fields: the server does not keep it. */
export function isSame(one: unknown, other: unknown): boolean {
  return sortedJson(one) === sortedJson(other);
}

function sortedJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([name], [next]) => (name < next ? -1 : 1)))
      : part,
  );
}
