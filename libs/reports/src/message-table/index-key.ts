import type { Catalog } from './catalog';

/** The qualification of a name: an alias, a table or a schema. */
const QUALIFICATION = /(?:\b[a-z_]\w*|"(?:[^"]|"")+")\./gi;

interface Plan {
  'QUERY PLAN': [{ Plan: { Output: string[] } }];
}

/**
 * Has PostgreSQL write columns and SQL in its own form, which is the one of index definitions too.
 *
 * @returns for each of them, whether the key of an index is the same
 */
export async function deparse(
  catalog: Catalog,
  qualifiedName: string,
  keys: string[],
): Promise<((key: string | undefined) => boolean)[]> {
  // For the partitions of a table, only the node of a limit lists the output.
  const [explained] = await catalog<Plan>(
    `explain (verbose, format json) select ${keys.join(', ')} from ${qualifiedName} limit 1`,
    [],
  );
  return explained!['QUERY PLAN'][0].Plan.Output.map(
    (output) => (key) => key !== undefined && isSame(unqualify(output), unqualify(key)),
  );
}

/** An expression in parentheses is the same, and the two forms differ in those. */
function isSame(one: string, other: string): boolean {
  return one === other || one === `(${other})` || `(${one})` === other;
}

function unqualify(text: string): string {
  return text.replace(QUALIFICATION, '');
}
