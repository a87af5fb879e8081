/** Without a terminal, SIGHUP is nohup's, which ignores it. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', ...(process.stdin.isTTY ? (['SIGHUP'] as const) : [])] as const;
const PARENT_CHECK_MS = 200;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01';

/**
 * Ends the process after `stop`, on the first signal that asks for it. Further signals change nothing: npm passes on to
 * its child the Ctrl-C that the terminal has sent the child already.
 *
 * @param withParent ends it as well when the process that started it is gone. npm starts a script through a shell, and
 * the shell dies of a signal without passing it on.
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

/** Ends the process with exit code 1 and one line that says why. */
export function reportFailure(error: unknown): never {
  console.error(`error: ${messageOf(error)}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  // A connection that fails on each of a host's addresses is an error without a message of its own.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  const isUnmigrated = 'code' in error && error.code === UNDEFINED_TABLE;
  return isUnmigrated ? `${error.message}: run npm run -s migrate first` : error.message;
}
