import { Command, InvalidArgumentError } from 'commander';
import { openDatabase } from '../database/open-database';
import { readEnvironment } from '../environment';
import { onStop, reportFailure } from '../process';
import { isDuration } from '../tokens/issue-token';

/** A command that is run as `npm run -s NAME -- …`. */
export function defineCommand(name: string, description: string): Command {
  return new Command(`npm run -s ${name} --`).description(description).showHelpAfterError(false);
}

/** Runs a command with the parameters of this process. A failure ends it with one line and exit code 1. */
export function runCommand(command: Command): void {
  // Whoever reads the output may have read enough, as head does.
  process.stdout.on('error', () => process.exit(0));
  command.parseAsync().catch(reportFailure);
}

/** Lends the database of the settings to a command, whether a server is running on it or not. */
export async function withDatabase<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const opening = openDatabase(readEnvironment());
  onStop(async () => (await opening).close(), { exitCode: 130 });
  const database = await opening;
  try {
    return await work(database.url);
  } finally {
    await database.close();
  }
}

/** Reads an option's value, or refuses it with the accepted form. */
export function parseOption<Value>(parse: (text: string) => Value | undefined, explain: (text: string) => string) {
  return (text: string): Value => {
    const value = parse(text);
    if (value === undefined) throw new InvalidArgumentError(`It ${explain(text)}.`);
    return value;
  };
}

/** Reads the name of an organization. */
export const parseOrganization = parseOption(
  (text) => text || undefined,
  () => 'must not be empty',
);

/** Reads how long something is valid. */
export const parseDuration = parseOption(
  (text) => (isDuration(text) ? text : undefined),
  () => 'must be a number and a unit: 30m, 1h, 7d',
);
