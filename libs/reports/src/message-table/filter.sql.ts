import { MessageTableError } from './message-table.error';
import type { MessageFilter } from './messages.options';
import { join, Parameter, raw, type Sql, sql } from './sql.fragment';

/** A parameter (`:name` or `:...name`), or quoted text or a cast, which contain none. */
const PARAMETER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:(\.\.\.)?([a-z_]\w*)/gi;

/**
 * Converts a filter to a condition to append to others: ` and (…)`, or nothing without a filter.
 *
 * @throws MessageTableError if a named parameter has no value
 */
export function filterSql(filter: MessageFilter | undefined): Sql {
  if (filter === undefined) return raw('');
  const { where, parameters = {} } = filter;
  const bound = new Map<string, Parameter[]>();
  const fragments: Sql[] = [];
  let end = 0;
  for (const { 0: text, 1: spread, 2: name, index } of where.matchAll(PARAMETER)) {
    if (name === undefined) continue;
    if (!bound.has(name)) bound.set(name, bind(name, parameters[name], spread !== undefined));
    fragments.push(raw(where.slice(end, index)), join(bound.get(name)!, ', '));
    end = index + text.length;
  }
  fragments.push(raw(where.slice(end)));
  // The line break ends a trailing comment, which would otherwise swallow the parenthesis.
  return sql` and (${join(fragments)}\n)`;
}

function bind(name: string, value: unknown, isSpread: boolean): Parameter[] {
  if (value === undefined) throw new MessageTableError(`messages.filter has no value for its parameter ${name}`);
  if (!isSpread) return [new Parameter(value)];
  if (Array.isArray(value) && value.length > 0) return value.map((item) => new Parameter(item));
  throw new MessageTableError(`messages.filter needs a non-empty array for its parameter ${name}`);
}
