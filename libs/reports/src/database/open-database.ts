import { FunctionDatabase, type QueryFunction } from './function.database';
import type { MessageDatabase, QueryOptions } from './message-database';
import { PoolDatabase, type PostgresPool } from './pool.database';
import { TypeOrmDatabase, type TypeOrmDataSource } from './type-orm.database';

/** How an application reaches its PostgreSQL database: a TypeORM `DataSource`, a `pg.Pool`, or a function that runs a statement. */
export type DatabaseAccess = TypeOrmDataSource | PostgresPool | QueryFunction;

/**
 * Opens the database through whatever the application uses.
 *
 * @throws RangeError if it is none of the three, or not PostgreSQL, or cannot check how far a replica lags behind
 */
export function openDatabase(access: DatabaseAccess | undefined, limits: QueryOptions): MessageDatabase {
  if (typeof access === 'function') return new FunctionDatabase(access, limits);
  if (typeof access === 'object' && 'createQueryRunner' in access) return new TypeOrmDatabase(access);
  if (typeof access === 'object' && 'totalCount' in access) return new PoolDatabase(access);
  throw new RangeError(
    access === undefined
      ? 'ReportsModule: there is no database: import TypeOrmModule, or set the option database'
      : 'ReportsModule: database must be a TypeORM DataSource, a pg.Pool, or a function that runs a statement',
  );
}
