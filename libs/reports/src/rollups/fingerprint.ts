import { createHash } from 'node:crypto';
import type { MessageTable } from '../message-table/message-table';
import type { RollupSettings } from './rollup.settings';

/** To be raised whenever the meaning of stored days changes. */
const VERSION = 1;

/** What the triggers depend on, as text: if it differs, they would mark other days. */
export function fingerprintOfMarking({ organization, createdAt }: MessageTable, settings: RollupSettings): string {
  const { name, type, epoch } = createdAt;
  return digest([
    organization.name,
    organization.key ?? null,
    name,
    type.name,
    epoch,
    settings.dayMs,
    settings.latenessMs,
  ]);
}

/** What days are computed from, as text: a report can use stored days only if its own is the same. */
export function fingerprintOfDays(table: MessageTable, thresholdMs: number, settings: RollupSettings): string {
  const { organization, channel, session, createdAt, id, filter } = table;
  const { text, values } = filter.toStatement();
  const columns = [organization, channel, session, createdAt, id].map(
    (column) => column && [column.name, column.type.name],
  );
  return digest([VERSION, table.qualifiedName, columns, createdAt.epoch, text, values, thresholdMs, settings.dayMs]);
}

function digest(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
