import { SingleBar } from 'cli-progress';
import { withDataSource } from '../database/data-source';
import { MessageFile } from '../import/message-file';
import { type ImportProgress, MessageImporter } from '../import/message-importer';
import { COLUMN_LIST } from '../import/message-row';
import { defineCommand, runCommand, withDatabase } from './command';

runCommand(
  defineCommand(
    'import',
    'Imports chat messages from CSV or NDJSON files, plain or gzip. A file is imported whole or not at all.',
  )
    .argument('<files...>', 'files to import, one after the other; - for standard input')
    .addHelpText('after', `\nColumns of CSV, fields of NDJSON: ${COLUMN_LIST}.`)
    .action(async (names: string[]) => {
      if (names.filter((name) => name === '-').length > 1) throw new Error('- can be given once only');
      // A name that is wrong is told before the first file is imported.
      const files = names.map((name) => new MessageFile(name));
      await withDatabase((url) =>
        withDataSource(url, async (dataSource) => {
          const importer = new MessageImporter(dataSource);
          for (const file of files) await importFile(importer, file);
        }),
      );
    }),
);

async function importFile(importer: MessageImporter, file: MessageFile): Promise<void> {
  const { bar, onProgress } = showProgress(file);
  const { read, added } = await importer.import(file.rows(), onProgress).finally(() => bar.stop());
  console.log(`${file.name}: ${count(read)} messages, ${count(added)} added, ${count(read - added)} already there`);
}

/** A bar on a terminal and a line a second elsewhere, on standard error. */
function showProgress(file: MessageFile): { bar: SingleBar; onProgress: ImportProgress } {
  const progress = file.size === undefined ? '' : ' [{bar}] {percentage}%';
  const bar = new SingleBar({
    format: `{file}${progress} | {messages} messages | {phase} | {duration_formatted}`,
    noTTYOutput: true,
    notTTYSchedule: 1000,
    hideCursor: true,
    etaAsynchronousUpdate: false,
  });
  bar.start(file.size ?? 0, 0, { file: file.name, messages: 0, phase: 'reading' });
  const onProgress: ImportProgress = (phase, messages) =>
    bar.update(file.size === undefined ? 0 : file.bytesRead, { messages: count(messages), phase });
  return { bar, onProgress };
}

function count(messages: number): string {
  return messages.toLocaleString('en');
}
