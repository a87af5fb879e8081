import type { MessagesInspection, RollupStatus } from '@chat-reports/nestjs';
import { countOf } from '../text/counts';

/**
 * Describes the messages table, its columns and its indexes, one per line. A missing index comes with the statement
 * that creates it.
 */
export function describeInspection({ table, columns, indexes }: MessagesInspection): string {
  return [
    `ok       table ${table}`,
    ...columns.map(({ role, name, type }) => `ok       ${role}: column ${name}, ${type}`),
    ...indexes.map(({ purpose, isServed, found, statement = `create one on the tables that ${table} reads` }) =>
      isServed ? `ok       index for ${purpose}: ${found.join(', ')}` : `MISSING  index for ${purpose}: ${statement}`,
    ),
  ].join('\n');
}

/**
 * Describes what is stored of the days that are over, and why the others are not.
 *
 * @param rollups what is stored, or why nothing can be
 */
export function describeRollups(rollups: RollupStatus | string): string {
  if (typeof rollups === 'string') return `note     rollups: reports read messages only, because ${rollups}`;
  const { days, marks, oldestUnsealedDay, isCurrent } = rollups;
  const counted = `${countOf(days, 'day')} stored`;
  if (!isCurrent)
    return `note     rollups: ${counted} for other options; the server or npm run -s rollups replaces them`;
  const changed = marks > 0 ? `, of which some have changed since (${countOf(marks, 'mark')})` : '';
  if (!oldestUnsealedDay && marks === 0) return `ok       rollups: ${counted}, all that are over`;
  const from = oldestUnsealedDay ? `; not all from ${oldestUnsealedDay.toISOString().slice(0, 10)} on are` : '';
  return `note     rollups: ${counted}${changed}${from}: the server stores them, or npm run -s rollups, once no open transaction may write to them`;
}
