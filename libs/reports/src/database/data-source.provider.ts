import type { FactoryProvider, InjectionToken } from '@nestjs/common';

/** Injection token of the TypeORM data source, which is undefined if the application has none. */
export const DATA_SOURCE = Symbol('DATA_SOURCE');

/** The part of `@nestjs/typeorm` that is used. */
interface NestTypeOrm {
  getDataSourceToken: (name?: string) => InjectionToken;
}

/**
 * Provides the TypeORM data source. Only here is TypeORM loaded, since applications that reach their database in another way
 * need not have it installed.
 *
 * @param name undefined for the unnamed data source, which need not exist
 */
export function dataSourceProvider(name: string | undefined): FactoryProvider {
  const useFactory = (dataSource: unknown) => dataSource;
  if (name === undefined && !isTypeOrmInstalled()) return { provide: DATA_SOURCE, useFactory };
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import would load it always, or asynchronously.
  const { getDataSourceToken } = require('@nestjs/typeorm') as NestTypeOrm;
  const token = getDataSourceToken(name);
  return { provide: DATA_SOURCE, inject: [{ token, optional: name === undefined }], useFactory };
}

function isTypeOrmInstalled(): boolean {
  try {
    return require.resolve('@nestjs/typeorm') !== '';
  } catch {
    return false;
  }
}
