const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Ends the process with exit code 0 after `stop`, on the first signal that asks for it. Further signals change nothing:
 * npm passes on to its child the Ctrl-C that the terminal has sent the child already.
 */
export function onStopSignal(stop: () => Promise<void>, exitCode = 0): void {
  let stopping: Promise<void> | undefined;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      stopping ??= stop().then(() => process.exit(exitCode), reportFailure);
    });
  }
}

/** Ends the process with exit code 1 and one line that says why. */
export function reportFailure(error: unknown): never {
  console.error(`error: ${messageOf(error)}`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  // A connection that fails on each of a host's addresses is an error without a message of its own.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
