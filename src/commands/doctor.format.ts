import type { MessagesInspection } from '@chat-reports/nestjs';

/** Says what the table of messages is like, a line for each thing, and how to make what it lacks. */
export function describeInspection({ table, columns, indexes }: MessagesInspection): string {
  return [
    `ok       table ${table}`,
    ...columns.map(({ role, name, type }) => `ok       ${role}: column ${name}, ${type}`),
    ...indexes.map(({ purpose, found, statement }) =>
      statement === undefined
        ? `ok       index for ${purpose}: ${found.join(', ')}`
        : `MISSING  index for ${purpose}: ${statement}`,
    ),
  ].join('\n');
}
