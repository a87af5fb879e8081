import type { ImportOptions } from '../import.options';
import { LineError } from '../line.error';
import { type Column, COLUMNS, REQUIRED_COLUMNS } from '../message-row';

/** The options that replace a column. */
const REPLACEMENTS: Partial<Record<Column, string>> = {
  organization_id: '--organization ID',
  channel: '--channel NAME',
};
const LISTED_NAMES = 20;
const LONGEST_NAME = 30;
/** Limited, because JSON may have any number of names. */
const REMEMBERED_NAMES = 1000;

/** Finds the columns of messages among the names in a file, which may differ in case, spaces, underscores and hyphens. */
export class ColumnMapping {
  /** The values of columns that a file lacks. */
  readonly defaults: Partial<Record<Column, string>>;
  private readonly columns: Map<string, Column>;
  private readonly ignored = new Set<string>();

  constructor(private readonly options: Pick<ImportOptions, 'map' | 'organization' | 'channel'>) {
    const { map = {}, organization, channel } = options;
    this.defaults = {
      ...(organization === undefined ? {} : { organization_id: organization }),
      ...(channel === undefined ? {} : { channel }),
    };
    for (const [column, name] of Object.entries(map)) {
      const other = Object.entries(map).find(([next, same]) => next > column && normalize(same) === normalize(name));
      if (other !== undefined) throw new Error(`--map calls both ${column} and ${other[0]} ${JSON.stringify(name)}`);
    }
    // A name that is mapped counts as that column even if another one has this name.
    const mappedLast = [...COLUMNS].sort((one, other) => Number(one in map) - Number(other in map));
    this.columns = new Map(mappedLast.map((column) => [normalize(map[column] ?? column), column]));
  }

  /** The names that have been ignored, for messages. */
  get ignoredNames(): string | undefined {
    return this.ignored.size === 0 ? undefined : list([...this.ignored]);
  }

  /**
   * Finds the column that each name means; undefined for a name that is ignored.
   *
   * @param line where the names are
   * @param form in words that follow the names of a header, for errors; absent for names of a single row, which may lack
   * those of columns that have a default
   * @throws LineError if required columns are missing, or one is named twice
   */
  resolve(names: string[], line: number, form?: string): (Column | undefined)[] {
    const columns = names.map((name) => this.columns.get(normalize(name)));
    const missing = COLUMNS.filter((column) => !columns.includes(column) && this.isNeeded(column, form !== undefined));
    if (missing.length > 0)
      throw new LineError(line, this.explainMissing(missing, `found ${list(names)}${form ?? ''}`));
    const twice = columns.find((column, index) => column !== undefined && columns.indexOf(column) < index);
    if (twice !== undefined) throw new LineError(line, 'is named twice', { column: twice });
    names.forEach((name, index) => {
      if (columns[index] === undefined && this.ignored.size < REMEMBERED_NAMES) this.ignored.add(name);
    });
    return columns;
  }

  /** A name that is mapped must be in a header even if the column has a default, since it may be misspelled. */
  private isNeeded(column: Column, isHeader: boolean): boolean {
    if (isHeader && this.options.map?.[column] !== undefined) return true;
    return (REQUIRED_COLUMNS as readonly Column[]).includes(column) && !(column in this.defaults);
  }

  private explainMissing(missing: Column[], found: string): string {
    const mapped = missing.find((column) => this.options.map?.[column] !== undefined);
    if (mapped !== undefined)
      return `column ${mapped} is missing: --map calls it ${JSON.stringify(this.options.map?.[mapped])}; ${found}`;
    const replacements = missing.flatMap((column) => REPLACEMENTS[column] ?? []);
    const advice = [`--map ${missing.map((column) => `${column}=NAME`).join(',')}`, ...replacements].join(' or ');
    const columns = missing.length === 1 ? `column ${missing[0]} is` : `columns ${missing.join(', ')} are`;
    return `${columns} missing; ${found}; use ${advice}`;
  }
}

function normalize(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

function list(names: string[]): string {
  const shown = names.slice(0, LISTED_NAMES).map((name) => {
    const start = name.slice(0, LONGEST_NAME);
    return /^[\w-]+$/.test(start) ? start : JSON.stringify(start);
  });
  return shown.join(', ') + (names.length > LISTED_NAMES ? ', …' : '') || 'no columns';
}
