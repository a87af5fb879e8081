import { type Command, InvalidArgumentError, Option } from 'commander';
import { CHAT_EXPORT_NAMES } from '../import/exports/chat-exports';
import type { ImportOptions } from '../import/import.options';
import { EPOCH_UNITS, type EpochUnit } from '../import/rows/epoch';
import { type Column, COLUMNS } from '../import/message-row';
import { organizationOption } from './organization.options';
import { checkTimeZone } from './time.options';

/** The options of the command, as they are named there. */
export interface ImportCommandOptions extends Pick<
  ImportOptions,
  'organization' | 'channel' | 'map' | 'from' | 'member'
> {
  timezone?: string;
  epoch?: EpochUnit;
}

/** Adds the options that say how files are read. */
export function withReadingOptions(command: Command): Command {
  return command
    .addOption(organizationOption('organization of messages in files without organization_id'))
    .option('--channel <name>', 'channel of messages in files without channel')
    .option('--map <columns>', 'names of columns in the files, such as created_at=ts,session_id=conversation', parseMap)
    .option('--timezone <zone>', 'time zone of times without an offset (default: UTC)', checkTimeZone)
    .addOption(
      new Option('--epoch <unit>', 'unit of times that are numbers (default: by magnitude)').choices(EPOCH_UNITS),
    )
    .addOption(
      new Option('--from <system>', 'system that exported the files; needs --organization').choices(CHAT_EXPORT_NAMES),
    )
    .option('--member <name>', 'file to import from a zip archive');
}

/** Turns the options of the command into those of a file. */
export function toImportOptions({ timezone, ...options }: ImportCommandOptions): ImportOptions {
  return { ...options, timeZone: timezone || undefined };
}

function parseMap(text: string, before: ImportOptions['map'] = {}): ImportOptions['map'] {
  const map = { ...before };
  for (const pair of text.split(',')) {
    const [, column, name] = /^\s*(\w+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? [];
    if (!isColumn(column) || !name) {
      throw new InvalidArgumentError(`It must be COLUMN=NAME, where COLUMN is one of ${COLUMNS.join(', ')}.`);
    }
    map[column] = name;
  }
  return map;
}

function isColumn(name: string | undefined): name is Column {
  return (COLUMNS as readonly (string | undefined)[]).includes(name);
}
