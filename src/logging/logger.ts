import pino, { type DestinationStream, type Logger } from 'pino';
import { requestContext } from '../requests/request-context';
import type { LogLevel } from './log-level';

/** Makes what writes the log: a JSON object on each line, to the standard output unless told otherwise. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => ({ ...requestContext.getStore() }),
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The properties of an error are left out: those of a failed query are its parameters, which clients have sent. */
function describeError(error: Error): Record<string, unknown> {
  return { type: error.name, message: error.message, stack: error.stack };
}
