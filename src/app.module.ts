import { type BearerOptions, ReportsModule } from '@chat-reports/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module';
import { ApiKeyService } from './api-keys/api-key.service';
import { ApiKeysModule } from './api-keys/api-keys.module';
import type { ConnectionOptions } from './database/data-source';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { MetricsModule } from './metrics/metrics.module';
import type { MetricsOptions } from './metrics/metrics.server';
import { RateLimitModule, type RateLimitOptions } from './rate-limit/rate-limit.module';

/** What the modules need to know, from the settings. */
export interface AppOptions {
  databaseUrl: string;
  /** Of the connections that answer requests. */
  connections?: ConnectionOptions;
  /** How bearer tokens are verified; API keys are taken beside them. */
  auth: BearerOptions;
  /** How many requests a client may make; without it, any number. */
  rateLimit?: RateLimitOptions;
  /** Where metrics are served; without it, nowhere. */
  metrics?: MetricsOptions;
}

const NO_LIMIT: RateLimitOptions = { perAddress: 0, perToken: 0 };

/** The backend: a table of contents, one import per module. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, connections = {}, auth, rateLimit = NO_LIMIT, metrics }: AppOptions): DynamicModule {
    const reports = reportsModule(auth);
    return {
      module: AppModule,
      imports: [
        RateLimitModule.forRoot(rateLimit),
        DatabaseModule.forRoot(databaseUrl, connections),
        HealthModule,
        MetricsModule.forRoot(metrics),
        reports,
        AccessModule.forRoot(reports),
      ],
    };
  }
}

/** The reports, for tokens and for the host's API keys. */
function reportsModule(auth: BearerOptions): DynamicModule {
  return ReportsModule.forRootAsync({
    imports: [ApiKeysModule],
    inject: [ApiKeyService],
    useFactory: (apiKeys: ApiKeyService) => ({
      auth: { ...auth, findCaller: (token) => apiKeys.findCaller(token) },
    }),
  });
}
