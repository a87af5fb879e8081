import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { withDataSource } from '../database/data-source';
import { InvalidRows } from '../import/invalid-rows';
import { MessageFile, MessageFileError } from '../import/message-file';
import { type ImportProgress, MessageImporter } from '../import/message-importer';
import { COLUMN_LIST, type MessageRow } from '../import/message-row';
import { RejectedRows } from '../import/rejected-rows';
import { printError } from '../process';
import { escapeControls } from '../text/control-characters';
import { countOf, formatCount } from '../text/counts';
import { defineCommand, runCommand, withDatabase } from './command';
import { listImports, parseImport, undoImport } from './import.log';
import { type ImportCommandOptions, toImportOptions, withReadingOptions } from './import.options';

interface Options extends ImportCommandOptions {
  dryRun?: boolean;
  skipInvalid?: boolean;
  list?: boolean;
  undo?: number;
}

/** The exit code if there are invalid rows, but everything else went well. */
const INVALID_ROWS = 2;

runCommand(
  withReadingOptions(
    defineCommand(
      'import',
      'Imports chat messages from CSV or JSON files, plain or compressed. Each file is imported completely or not at all.',
    ),
  )
    .argument('[files...]', 'files to import, in the order given; - for standard input')
    .option('--dry-run', 'read the files and list their errors, but import nothing')
    .option('--skip-invalid', 'skip invalid rows and write them to FILE.rejected.csv')
    .option('--list', 'list past imports instead, latest first')
    .option('--undo <import>', 'delete the messages that an import added instead', parseImport)
    .addHelpText('after', `\nCSV columns or JSON fields: ${COLUMN_LIST}.\nExit code 2: some rows are invalid.`)
    .action(async (names: string[], { dryRun, skipInvalid, list, undo, ...options }: Options, command: Command) => {
      const works = [names.length > 0, list, undo !== undefined].filter(Boolean).length;
      if (works !== 1) command.error('error: give files to import, --list or --undo');
      if (list) return listImports();
      if (undo !== undefined) return undoImport(undo);
      if (names.filter((name) => name === '-').length > 1) throw new Error('- can be given only once');
      if (options.from !== undefined && options.organization === undefined)
        throw new Error('--from needs --organization, which an export does not contain');
      // Checks all names before the first file is imported.
      const files = names.map((name) => new MessageFile(name, toImportOptions(options)));
      if (dryRun) {
        for (const file of files) await checkFile(file).catch(reportUnreadable);
        return;
      }
      await withDatabase(({ url }) =>
        withDataSource(url, async (dataSource) => {
          const importer = new MessageImporter(dataSource);
          for (const file of files) await importFile(importer, file, skipInvalid);
        }),
      );
    }),
);

async function importFile(importer: MessageImporter, file: MessageFile, skipInvalid = false): Promise<void> {
  const { bar, onProgress } = showProgress(file);
  const rejected = new RejectedRows(file.name);
  const rows = skipInvalid ? withoutInvalid(file, rejected) : file.rows();
  const options = { source: file.name, onProgress };
  const { id, read, added } = await importer.import(rows, options).finally(async () => {
    bar.stop();
    await rejected.discard();
  });
  const figures = `${countOf(read, 'message')}, ${formatCount(added)} added, ${formatCount(read - added)} already there`;
  console.log(`${file.name}: ${figures} (import ${id})`);
  printNotes(file);
  if (rejected.count === 0) return;
  console.error(`${file.name}: left out ${countOf(rejected.count, 'invalid row')}, written to ${rejected.name}`);
  process.exitCode = INVALID_ROWS;
}

/** Reads the valid rows of a file. If the others cannot be written, this fails, and thus nothing is imported. */
async function* withoutInvalid(file: MessageFile, rejected: RejectedRows): AsyncGenerator<MessageRow[]> {
  yield* file.rows((invalid) => rejected.add(invalid));
  await rejected.complete();
}

/** Reads a file to its end and prints what an import would refuse. */
async function checkFile(file: MessageFile): Promise<void> {
  const invalid = new InvalidRows();
  let messages = 0;
  for await (const rows of file.rows((row) => invalid.add(row))) messages += rows.length;
  const figures = `${countOf(messages, 'message')}, ${countOf(invalid.count, 'invalid row')}`;
  console.log(`${file.name}: ${figures}; nothing was imported`);
  for (const line of invalid.describe()) console.log(escapeControls(line));
  printNotes(file);
  if (invalid.count > 0) process.exitCode ??= INVALID_ROWS;
}

/** The other files are still checked. */
function reportUnreadable(error: Error): void {
  if (!(error instanceof MessageFileError)) throw error;
  printError(error);
  process.exitCode = 1;
}

function printNotes({ name, notes }: MessageFile): void {
  for (const note of notes) console.error(`${name}: ${escapeControls(note)}`);
}

/** Shows progress on standard error: as a bar on a terminal, otherwise as a line per second. */
function showProgress(file: MessageFile): { bar: SingleBar; onProgress: ImportProgress } {
  const progress = file.size === undefined ? '' : ' [{bar}] {percentage}%';
  const bar = new SingleBar({
    format: `{file}${progress} | {messages} | {phase} | {duration_formatted}`,
    noTTYOutput: true,
    notTTYSchedule: 1000,
    hideCursor: true,
    etaAsynchronousUpdate: false,
  });
  bar.start(file.size ?? 0, 0, { file: file.name, messages: countOf(0, 'message'), phase: 'reading' });
  const onProgress: ImportProgress = (phase, messages) =>
    bar.update(file.size === undefined ? 0 : file.bytesRead, { messages: countOf(messages, 'message'), phase });
  return { bar, onProgress };
}
