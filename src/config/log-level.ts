/** Log levels, from the least to the most verbose. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** The most verbose level that is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number];
