import { MessageTableError } from './message-table.error';
import type { MessageFilter } from './messages.options';

/** A condition that follows others. */
export interface FilterSql {
  /**
   * The condition with its `and`, or nothing.
   *
   * @param first number of its first parameter: it comes after those of the statement
   */
  and(first: number): string;
  /** The values of its parameters, in order. */
  values: unknown[];
}

/** Quoted text and casts, which are none, or a parameter: `:name` or `:...name`. */
const PARAMETER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:(\.\.\.)?([a-z_]\w*)/gi;

/** Turns the named parameters of a filter into numbered ones. */
export function filterSql(filter: MessageFilter | undefined): FilterSql {
  if (filter === undefined) return { and: () => '', values: [] };
  const { where, parameters = {} } = filter;
  const positions = new Map<string, number[]>();
  const values: unknown[] = [];
  for (const [, spread, name] of where.matchAll(PARAMETER)) {
    if (name === undefined || positions.has(name)) continue;
    const own = valuesOf(name, parameters[name], spread !== undefined);
    positions.set(
      name,
      own.map((value) => values.push(value) - 1),
    );
  }
  const write = (first: number) =>
    where.replace(PARAMETER, (text, _spread, name?: string) =>
      name === undefined
        ? text
        : positions
            .get(name)!
            .map((position) => `$${first + position}`)
            .join(', '),
    );
  // The end of the line ends a comment, which would otherwise take the parenthesis along.
  return { and: (first) => ` and (${write(first)}\n)`, values };
}

function valuesOf(name: string, value: unknown, isSpread: boolean): unknown[] {
  if (value === undefined) throw new MessageTableError(`messages.filter has no value for its parameter ${name}`);
  if (!isSpread) return [value];
  if (Array.isArray(value) && value.length > 0) return value;
  throw new MessageTableError(`messages.filter needs an array that is not empty for its parameter ${name}`);
}
