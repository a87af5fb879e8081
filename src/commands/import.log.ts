import Table from 'cli-table3';
import { withDataSource } from '../database/data-source';
import { ImportLog, type ImportRecord } from '../import/import-log';
import { escapeControls } from '../text/control-characters';
import { formatCount } from '../text/counts';
import { parseOption, withDatabase } from './command';

export const parseImport = parseOption(
  (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined),
  () => 'must be the number of an import, as shown by --list',
);

/** Prints all imports. */
export async function listImports(): Promise<void> {
  await withImports(async (imports) => console.log(toTable(await imports.list())));
}

/** Deletes what an import has added. */
export async function undoImport(id: number): Promise<void> {
  const deleted = await withImports(async (imports) => {
    const deleted = await imports.undo(id);
    if (deleted !== undefined) return deleted;
    const undoneAt = (await imports.list()).find((record) => record.id === id)?.undoneAt;
    if (undoneAt) throw new Error(`Import ${id} has already been undone, at ${undoneAt.toISOString()}`);
    throw new Error(`There is no import ${id}; --list shows all imports`);
  });
  console.log(`Import ${id} is undone. Messages deleted: ${formatCount(deleted)}`);
}

function withImports<Result>(work: (imports: ImportLog) => Promise<Result>): Promise<Result> {
  return withDatabase(({ url }) => withDataSource(url, (dataSource) => work(new ImportLog(dataSource))));
}

function toTable(imports: ImportRecord[]): string {
  if (imports.length === 0) return 'There are no imports.';
  const table = new Table({
    style: { head: [], border: [] },
    head: ['import', 'source', 'imported', 'read', 'added', 'undone'],
  });
  for (const { id, source, importedAt, read, added, undoneAt } of imports) {
    const times = [importedAt, undoneAt].map((time) => time?.toISOString() ?? '–');
    table.push([id, escapeControls(source), times[0], formatCount(read), formatCount(added), times[1]]);
  }
  return table.toString();
}
