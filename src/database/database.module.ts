import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { StatementTimeout } from '../config/statement-timeout';
import { type ConnectionOptions, dataSourceOptions } from './data-source';
import { DatabaseAddress, LateDatabase } from './late-database';
import { checkReplica } from './replica-check';

/** The host's only TypeORM data source, which all modules share, and the timeout of its statements. */
@Module({})
export class DatabaseModule implements OnModuleInit {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * @param url the database; undefined if no connection is ever made
   * @param isLate whether `LateDatabase` opens it, instead of the start
   */
  static forRoot(url: string | undefined, options: ConnectionOptions, isLate = false): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(url ?? '', options),
          retryAttempts: 1,
          manualInitialization: isLate || url === undefined,
        }),
      ],
      providers: [
        { provide: StatementTimeout, useValue: new StatementTimeout(options.statementTimeoutMs) },
        { provide: DatabaseAddress, useValue: new DatabaseAddress(url ?? '', options) },
        LateDatabase,
      ],
      exports: [StatementTimeout],
    };
  }

  /** Aborts the startup if the replica is not one of the database. */
  async onModuleInit(): Promise<void> {
    if (this.dataSource.isInitialized) await checkReplica(this.dataSource);
  }
}
