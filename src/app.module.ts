import { type BearerOptions, ReportsModule } from '@chat-reports/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseModule } from './database/database.module';

/** What the modules need to know, from the settings. */
export interface AppOptions {
  databaseUrl: string;
  /** Time after which a statement is cancelled; without it, none is. */
  statementTimeoutMs?: number;
  /** How bearer tokens are verified. */
  auth: BearerOptions;
}

/** The backend: a table of contents, one import per module. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, statementTimeoutMs, auth }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(databaseUrl, statementTimeoutMs), ReportsModule.forRoot({ auth })],
    };
  }
}
