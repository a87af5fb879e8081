import { Command, InvalidArgumentError } from 'commander';
import { isDuration } from '../auth/duration';
import type { OpenDatabase, openDatabase } from '../database/open-database';
import { onStop, reportFailure } from '../process';

/**
 * Defines a command that is run as `npm run -s NAME -- …`. What its action needs beyond its arguments is imported by
 * the action, so that help and a mistake in the arguments are shown at once.
 */
export function defineCommand(name: string, description: string): Command {
  return new Command(`npm run -s ${name} --`).description(description).showHelpAfterError(false);
}

/** Runs a command with the arguments of this process. If it fails, it prints one line and exits with code 1. */
export function runCommand(command: Command): void {
  // The reader of the output may close it early, as head does.
  process.stdout.on('error', () => void closeDatabase().finally(() => process.exit(0)));
  command.parseAsync().catch((error: NodeJS.ErrnoException) => error.code === 'EPIPE' || reportFailure(error));
}

/** Closes the database that the command has opened. */
let closeDatabase = () => Promise.resolve();

/**
 * Opens the database that the settings name, and closes it when `work` is done or the process is interrupted. A server
 * may be running on the same database.
 */
export async function withDatabase<Result>(
  work: (database: OpenDatabase) => Result | Promise<Result>,
  options?: Parameters<typeof openDatabase>[1],
): Promise<Result> {
  const { readEnvironment } = await import('../config/environment.js');
  const { openDatabase } = await import('../database/open-database.js');
  const opening = openDatabase(readEnvironment(), options);
  closeDatabase = async () => (await opening).close();
  onStop(closeDatabase, { exitCode: 130 });
  const database = await opening;
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/**
 * Creates a parser for the value of an option.
 *
 * @param parse returns undefined for a value that is not accepted
 * @param explain states the accepted form, in words that follow "It"
 * @returns a function that throws an InvalidArgumentError for a value that is not accepted
 */
export function parseOption<Value>(parse: (text: string) => Value | undefined, explain: (text: string) => string) {
  return (text: string): Value => {
    const value = parse(text);
    if (value === undefined) throw new InvalidArgumentError(`It ${explain(text)}.`);
    return value;
  };
}

/** Checks a validity such as `30m`. */
export const parseDuration = parseOption(
  (text) => (isDuration(text) ? text : undefined),
  () => 'must be a number and a unit: 30m, 1h, 7d',
);
