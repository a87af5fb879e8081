import type { Column, MessageTable } from './message-table';
import { quoteIdentifier } from './sql.fragment';

/** A column that an index can contain. */
export type KeyColumn = Column & { key: string };

/** Advises an index on columns, which also orders messages of the same instant. PostgreSQL cannot create an index on a partitioned table concurrently. */
export function adviseIndex(
  { qualifiedName, id }: MessageTable,
  columns: KeyColumn[],
  { isPartitioned }: { isPartitioned: boolean },
): { statement: string; decorator: string } {
  const keys = [...columns, id].map(({ key }) => key).join(', ');
  const name = indexName(qualifiedName, columns);
  const concurrently = isPartitioned ? '' : ' CONCURRENTLY';
  return {
    statement: `CREATE INDEX${concurrently} ${quoteIdentifier(name)} ON ${qualifiedName} (${keys});`,
    decorator: `@Index('${name}', { synchronize: false })`,
  };
}

/** PostgreSQL truncates names to 63 bytes. The number of columns tells apart two names that are cut. */
function indexName(table: string, columns: KeyColumn[]): string {
  const words = [table, ...columns.map(({ key }) => key)].join(' ').match(/\w+/g) ?? [];
  const name = words.join('_');
  return `${name.length > 55 ? `${name.slice(0, 53)}_${columns.length}` : name}_report`;
}
