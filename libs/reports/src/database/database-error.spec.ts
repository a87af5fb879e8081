import { DatabaseError } from 'pg';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isTransientDatabaseError } from './database-error';
import { ReplicaLagError } from './replica-lag';

function fromServer(code: string): Error {
  const error = new DatabaseError('an error', 8, 'error');
  Object.assign(error, { severity: 'ERROR', code });
  return new QueryFailedError('select 1', [], error);
}
/** As Prisma's client passes on what an adapter reports. */
function fromPrisma(cause: object): Error {
  const driverAdapterError = Object.assign(new Error('an error'), { name: 'DriverAdapterError', cause });
  return Object.assign(new Error('Raw query failed'), { code: 'P2010', meta: { driverAdapterError } });
}
const fromDrizzle = (cause: Error) => new Error('Failed query: select 1', { cause });
const fromSystem = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('an error of the database', () => {
  it.each([
    ...['08006', '40001', '40P01', '53300', '57014', '57P01', '57P03', '58030', '55P03', '25006'].map(fromServer),
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'EAI_AGAIN', 'ETIMEDOUT', 'CERT_HAS_EXPIRED'].map(fromSystem),
    ...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_STREAM_DESTROYED', 'ERR_SOCKET_CLOSED'].map(fromSystem),
    new AggregateError([fromSystem('ECONNREFUSED'), fromSystem('ECONNREFUSED')]),
    ...[
      'Connection terminated',
      'Connection terminated unexpectedly',
      'Connection terminated due to connection timeout',
      'Client has encountered a connection error and is not queryable',
      'Client was closed and is not queryable',
      'Query read timeout',
      'timeout expired',
      'timeout exceeded when trying to connect',
      'Cannot use a pool after calling end on the pool',
      'The server does not support SSL connections',
      'Driver not Connected',
    ].map((message) => new Error(message)),
    new ReplicaLagError(5_000, 1_000),
    new QueryRunnerAlreadyReleasedError(),
    ...[fromServer('57014'), fromSystem('ECONNREFUSED'), new Error('Connection terminated unexpectedly')].map(
      fromDrizzle,
    ),
    ...[{ originalCode: '57014', kind: 'postgres' }, { kind: 'DatabaseNotReachable' }].map(fromPrisma),
    new Error('Knex: Timeout acquiring a connection. The pool is probably full.'),
    new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
  ])('passes: %s', (error) => expect(isTransientDatabaseError(error)).toBe(true));

  it.each([
    ...['42P01', '42703', '22P02', '22012', '28P01', '3D000', '42501', 'XX000'].map(fromServer),
    ...[new Error('a bug'), new RangeError('a bug'), new TypeError('a bug'), new SyntaxError('a bug')],
    fromSystem('ERR_INVALID_ARG_TYPE'),
    new AggregateError([fromSystem('ECONNREFUSED'), new Error('a bug')]),
    fromDrizzle(fromServer('42P01')),
    ...[{ originalCode: '42P01', kind: 'TableDoesNotExist' }, { kind: 'UnsupportedNativeDataType' }].map(fromPrisma),
    'text',
    undefined,
  ])('does not pass: %s', (error) => expect(isTransientDatabaseError(error)).toBe(false));
});
