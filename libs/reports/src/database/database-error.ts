import { ReplicaLagError } from './replica-lag';

/**
 * SQLSTATEs in which the same query may succeed later: connection exception (08), transaction rollback (40), insufficient
 * resources (53), operator intervention such as a timeout or a shutdown (57), system error (58), a server that has become
 * read-only (25006), a lock that was not granted in time (55P03).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const TRANSIENT_SQLSTATE = /^(08|40|53|57|58)...$|^25006$|^55P03$/;

/** The statement was canceled: by `statement_timeout`, unless somebody did so by hand. */
const QUERY_CANCELED = /^57014$/;

/** Codes of errors of the system (ECONNREFUSED), of sockets (ERR_STREAM_…), of TLS and of certificates (CERT_HAS_EXPIRED). */
const CONNECTION_CODE = /^(?!ERR_)[A-Z_]+$|^ERR_(SOCKET|SSL|STREAM|TLS)_/;

/** What Prisma's adapters call connection errors. */
const CONNECTION_KIND = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TlsConnectionError|TooManyConnections)$/;

/** An `AbortSignal.timeout`, or a client whose own timeout has passed. */
const TIMEOUT_NAME = 'TimeoutError';
const READ_TIMEOUT = 'Query read timeout';

/** How connection errors without a code begin: those of pg, of its pool, of TypeORM, and of Knex. */
const CONNECTION_MESSAGES = [
  'Cannot use a pool after',
  'Client has encountered a connection error',
  'Client was closed',
  'Connection terminated',
  'Driver not Connected',
  'Knex: Timeout acquiring a connection',
  // TypeORM releases a query runner by itself when the connection breaks between two statements.
  'Query runner already released',
  READ_TIMEOUT,
  'The server does not support SSL',
  'There was an error establishing an SSL connection',
  'timeout exceeded',
  'timeout expired',
];

/** What the drivers report about an error. Errors of Node.js may come from another realm than this code, and are then not instances of its Error. */
interface DriverError {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  severity?: unknown;
  /** The errors of an AggregateError. */
  errors?: unknown;
  /** Of an adapter of Prisma. */
  kind?: unknown;
  originalCode?: unknown;
  /** Where TypeORM, Drizzle and Prisma keep the error of the driver. */
  driverError?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
}

/**
 * Whether the same query may succeed later: the database was unreachable, refused work or was too slow. Anything else, an error
 * that is not known included, is a fault.
 */
export function isTransientDatabaseError(error: unknown): boolean {
  return chainOf(error).some((link) => {
    if (Array.isArray(link.errors)) return link.errors.every(isTransientDatabaseError);
    if (link instanceof ReplicaLagError || link.name === TIMEOUT_NAME || CONNECTION_KIND.test(textOf(link.kind)))
      return true;
    const code = codeOf(link);
    if (code !== '') return TRANSIENT_SQLSTATE.test(code) || CONNECTION_CODE.test(code);
    return CONNECTION_MESSAGES.some((beginning) => textOf(link.message).startsWith(beginning));
  });
}

/** Whether a query took longer than it may. */
export function isDatabaseTimeout(error: unknown): boolean {
  const isTimeout = ({ name, message }: DriverError) => name === TIMEOUT_NAME || message === READ_TIMEOUT;
  return hasCode(error, QUERY_CANCELED) || chainOf(error).some(isTimeout);
}

/** Whether the error, or one behind it, has such a code: an SQLSTATE, or one of the system. */
export function hasCode(error: unknown, pattern: RegExp): boolean {
  return chainOf(error).some((link) => pattern.test(codeOf(link)));
}

/** Whether the server reported the error: only those have a severity, and errors of the connection have none. */
export function isFromServer(error: unknown): boolean {
  return chainOf(error).some(({ severity }) => severity !== undefined);
}

/** The error, and those behind it. */
function chainOf(error: unknown): DriverError[] {
  if (typeof error !== 'object' || error === null) return [];
  const link = error as DriverError;
  return [link, ...chainOf(link.driverError ?? link.cause ?? link.meta?.driverAdapterError)];
}

function codeOf({ code, originalCode }: DriverError): string {
  return textOf(originalCode ?? code);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
