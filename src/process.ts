import { escapeControls } from './text/control-characters';
import { redactCredentials } from './text/credentials';

/** SIGHUP stops the process only on a terminal. Elsewhere a listener would defeat nohup, which ignores the signal. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', ...(process.stdin.isTTY ? (['SIGHUP'] as const) : [])] as const;
const PARENT_CHECK_MS = 200;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED = ['42P01', '42703'];

/**
 * Calls `stop` on the first signal to stop, then ends the process. Later signals are ignored: on Ctrl-C the process
 * gets one from the terminal and another one from npm.
 *
 * @param options `exitCode` of the process, by default 0. With `withParent`, the process also stops when its parent has
 * ended: npm runs scripts in a shell, which dies of a signal without passing it on.
 */
export function onStop(stop: () => Promise<void>, { exitCode = 0, withParent = false } = {}): void {
  let stopping: Promise<void> | undefined;
  const stopOnce = () => {
    stopping ??= stop().then(() => process.exit(exitCode), reportFailure);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, stopOnce);
  if (!withParent) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stopOnce(), PARENT_CHECK_MS).unref();
}

/** Prints an error in one line and ends the process with exit code 1. */
export function reportFailure(error: unknown): never {
  printError(error);
  process.exit(1);
}

/** Prints an error in one line, without control characters and credentials. */
export function printError(error: unknown): void {
  console.error(`error: ${escapeControls(redactCredentials(messageOf(error)))}`);
}

function messageOf(error: unknown): string {
  // If a host has several addresses and connecting to each of them fails, only the errors inside have messages.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  const isUnmigrated = 'code' in error && UNDEFINED.includes(String(error.code));
  return isUnmigrated ? `${error.message}: run npm run -s migrate first` : error.message;
}
