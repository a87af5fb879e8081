import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './run.mjs';

/** Reads the tables and options that the page about messages tables shows, and the rows of their test, as a TypeScript module. */
export function readTableCases() {
  const guide = readFileSync(join(PROJECT, 'docs/messages-table.md'), 'utf8').split('\n## ');
  const rowsByHeading = JSON.parse(readFileSync(join(PROJECT, 'test/support/table-guide.json'), 'utf8'));
  const cases = Object.entries(rowsByHeading).map(([heading, { rows, ...scope }]) => {
    const section = guide.find((text) => text.startsWith(`${heading}\n`));
    const [, tables] = /^```sql\n([\s\S]*?)^```$/m.exec(section);
    const [, options] = /^```ts\n(messages: [\s\S]*?)^```$/m.exec(section);
    const values = JSON.stringify({ heading, ...scope, tables, rows: rows.join('\n') });
    return `  { ...${values}, ${options.trimEnd().replace(/,$/, '')} },`;
  });
  return `import type { MessagesOptions } from '@chat-reports/nestjs';

interface TableCase {
  heading: string;
  tables: string;
  rows: string;
  messages: MessagesOptions;
  organizationId: string;
  channel?: string;
}

export const CASES: TableCase[] = [
${cases.join('\n')}
];
`;
}
