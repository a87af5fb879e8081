import { type BearerOptions, ReportsModule } from '@chat-reports/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module';
import { ApiKeyService } from './api-keys/api-key.service';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { DatabaseModule } from './database/database.module';

/** What the modules need to know, from the settings. */
export interface AppOptions {
  databaseUrl: string;
  /** Time after which a statement is cancelled; without it, none is. */
  statementTimeoutMs?: number;
  /** How bearer tokens are verified; API keys are taken beside them. */
  auth: BearerOptions;
}

/** The backend: a table of contents, one import per module. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, statementTimeoutMs, auth }: AppOptions): DynamicModule {
    const reports = ReportsModule.forRootAsync({
      imports: [ApiKeysModule],
      inject: [ApiKeyService],
      useFactory: (apiKeys: ApiKeyService) => ({
        auth: { ...auth, findCaller: (token) => apiKeys.findCaller(token) },
      }),
    });
    return {
      module: AppModule,
      imports: [DatabaseModule.forRoot(databaseUrl, statementTimeoutMs), reports, AccessModule.forRoot(reports)],
    };
  }
}
