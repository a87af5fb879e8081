import pino, { type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/log-level';
import { requestContext } from '../http/request-context';
import { redactCredentials } from '../text/credentials';

/**
 * Creates a logger that writes one JSON object per line.
 *
 * @param destination default: standard output
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => ({ ...requestContext.getStore() }),
    serializers: { err: describeError },
    hooks: { streamWrite: redactCredentials },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Omits the properties of an error: a failed query has its parameters there, which clients have sent. */
function describeError(error: Error): Record<string, unknown> {
  return { type: error.name, message: error.message, stack: error.stack };
}
