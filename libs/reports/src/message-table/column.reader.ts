/** Reads the type of a column that the options name from the database, and rejects one that reports cannot use. */

import type { Catalog } from './catalog';
import { type ColumnType, isNameType, NAME_TYPES } from './column-type';
import { MessageTableError } from './message-table.error';
import type { TimeColumn } from './message-table';
import type { MessageColumn, MessageTimeColumn } from './messages.options';
import { quoteIdentifier } from './sql.fragment';
import { type CatalogColumn, findColumn, orReject, readExpression } from './table-catalog';

/** A column, or SQL that stands for one. */
export interface ReadColumn {
  /** Its name, or the SQL. */
  name: string;
  isExpression: boolean;
  type: ColumnType;
  /** How it is written in SQL over the table or the join. */
  key: string;
  modifier: number;
  looseCollation: string | null;
}

/** A column of times, without what a statement over it needs. */
export type ReadTimeColumn = ReadColumn & Omit<TimeColumn, 'sql'>;

const EPOCH_TYPES = ['integer', 'bigint', 'numeric'];
const TIMESTAMP = 'timestamp without time zone';
const TIMESTAMPTZ = 'timestamp with time zone';

/** Reads the columns of a table or a join. Every method throws a MessageTableError that names the option at fault. */
export class ColumnReader {
  /**
   * @param from what follows FROM
   * @param columns those of the table; without them, all columns are SQL
   */
  constructor(
    private readonly catalog: Catalog,
    private readonly from: string,
    private readonly columns?: CatalogColumn[],
  ) {}

  async read(role: string, given: MessageColumn): Promise<ReadColumn> {
    const option = `messages.columns.${role}`;
    if (typeof given === 'string' && this.columns) {
      const found = findColumn(this.columns, given, option, this.from);
      return toColumn(given, quoteIdentifier(given), found, false);
    }
    const text = typeof given === 'string' ? given : given.sql;
    return toColumn(text, `(${text})`, await readExpression(this.catalog, text, option, this.from), true);
  }

  /** Reads a column of names, which must be equal only if they are the same. */
  async readName(role: string, given: MessageColumn): Promise<ReadColumn> {
    const column = await this.read(role, given);
    if (column.looseCollation !== null) {
      throw unusable(
        column,
        role,
        `has the nondeterministic collation ${quoteIdentifier(column.looseCollation)}, with which a report on one ${role} would include others of similar names; it can have any deterministic collation`,
      );
    }
    if (isNameType(column.type)) return column;
    throw unusable(column, role, `is of type ${column.type.name}; it can be ${NAME_TYPES.join(', ')}`);
  }

  async readTime(given: MessageColumn | MessageTimeColumn): Promise<ReadTimeColumn> {
    if (typeof given === 'string' || 'sql' in given) return timestampColumn(await this.read('createdAt', given));
    const column = await this.read('createdAt', given.column);
    const { epoch, timeZone } = given;
    if ((epoch === undefined) === (timeZone === undefined))
      throw new MessageTableError('messages.columns.createdAt takes either an epoch or a timeZone');
    return epoch === undefined ? this.localColumn(column, timeZone) : epochColumn(column, epoch);
  }

  /**
   * Times of the zone become SQL that turns them into instants. PostgreSQL takes a time of the hour that a zone repeats when its
   * clocks are put back for one of the second pass.
   */
  private async localColumn(column: ReadColumn, timeZone: string): Promise<ReadTimeColumn> {
    if (column.type.name !== TIMESTAMP) {
      throw unusable(column, 'createdAt', `is of type ${column.type.name}; only a timestamp can have a timeZone`);
    }
    const local = { ...timestampColumn(column), isZoneAssumed: false };
    if (timeZone === 'UTC') return local;
    const option = 'messages.columns.createdAt.timeZone';
    await orReject(option, this.catalog('select now() at time zone $1', [timeZone]));
    const text = `${column.key} at time zone '${timeZone.replaceAll("'", "''")}'`;
    const type = { name: TIMESTAMPTZ, labels: [] };
    return { ...local, name: text, key: `(${text})`, isExpression: true, type, hasTimeZone: true };
  }
}

function toColumn(name: string, key: string, found: CatalogColumn, isExpression: boolean): ReadColumn {
  const { modifier, looseCollation, labels } = found;
  return { name, key, isExpression, type: { name: found.name, labels }, modifier, looseCollation };
}

function timestampColumn(column: ReadColumn): ReadTimeColumn {
  const { name } = column.type;
  const hasTimeZone = name === TIMESTAMPTZ;
  if (!hasTimeZone && name !== TIMESTAMP) {
    const epoch = EPOCH_TYPES.includes(name) ? ', or have an epoch' : '';
    throw unusable(column, 'createdAt', `is of type ${name}; it can be timestamptz or timestamp${epoch}`);
  }
  // The default precision is six digits.
  const hasMicroseconds = column.modifier < 0 || column.modifier > 3;
  return { ...column, hasTimeZone, hasMicroseconds, isZoneAssumed: !hasTimeZone };
}

function epochColumn(column: ReadColumn, epoch: 'ms' | 's'): ReadTimeColumn {
  const { name } = column.type;
  if (!['ms', 's'].includes(epoch)) throw new MessageTableError('messages.columns.createdAt.epoch must be ms or s');
  if (!EPOCH_TYPES.includes(name)) {
    throw unusable(column, 'createdAt', `is of type ${name}; with an epoch, it can be ${EPOCH_TYPES.join(', ')}`);
  }
  return { ...column, epoch, hasTimeZone: false, hasMicroseconds: name === 'numeric', isZoneAssumed: false };
}

function unusable({ name, isExpression }: ReadColumn, role: string, reason: string): MessageTableError {
  const subject = isExpression ? `SQL ${name}` : `column ${quoteIdentifier(name)}`;
  return new MessageTableError(`the ${subject} for messages.columns.${role} ${reason}`);
}
