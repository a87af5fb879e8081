import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type ConnectionOptions, dataSourceOptions } from './data-source';

/** The host's one database connection, a TypeORM data source that every module shares. */
@Module({})
export class DatabaseModule {
  static forRoot(url: string, options: ConnectionOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(url, options), retryAttempts: 1 })],
    };
  }
}
