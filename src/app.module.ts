import { type BearerOptions, type ReportLimits, ReportsModule, type ReportsOptions } from '@chat-reports/nestjs';
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './auth/access.module';
import { ApiKeyService } from './auth/api-key.service';
import { ApiKeysModule } from './auth/api-keys.module';
import type { ConnectionOptions } from './database/data-source';
import { DatabaseModule } from './database/database.module';
import { HealthModule } from './health/health.module';
import { MetricsModule } from './metrics/metrics.module';
import type { MetricsOptions } from './metrics/metrics.server';
import { RateLimitModule, type RateLimitOptions } from './rate-limit/rate-limit.module';
import { RollupsModule } from './rollups/rollups.module';
import { ScheduleApiModule } from './schedule/schedule-api.module';
import { ScheduleModule } from './schedule/schedule.module';
import { ScheduleService } from './schedule/schedule.service';

/** Options of the application's modules. */
export interface AppOptions {
  /** Default: no connection is made, which is enough to describe the routes. */
  databaseUrl?: string;
  /** Whether the application starts without its database, which `LateDatabase` then opens; default: false. */
  isDatabaseLate?: boolean;
  /** Settings of the connections that serve requests. */
  connections?: ConnectionOptions;
  /** How bearer tokens are verified. API keys are always accepted as well. */
  auth: BearerOptions;
  /** Whether reports read stored days where there are any, and whether this process stores them; default: neither. */
  rollups?: { isSealing: boolean };
  /** What one request may cost, and one client; default: those of the library. */
  limits?: ReportLimits;
  /** How many requests a client may send; default: no limit. */
  rateLimit?: RateLimitOptions;
  /** Where metrics are served; default: nowhere. */
  metrics?: MetricsOptions;
  /** Where the page finds conversations: a URL with `{session_id}`; default: it does not. */
  conversationUrl?: string;
}

const NO_LIMIT: RateLimitOptions = { perAddress: 0, perToken: 0 };

/** The backend: one import per module. */
@Module({})
export class AppModule {
  static forRoot({
    databaseUrl,
    isDatabaseLate,
    connections = {},
    auth,
    rollups,
    limits,
    rateLimit = NO_LIMIT,
    metrics,
    conversationUrl,
  }: AppOptions): DynamicModule {
    const { replicaUrl, statementTimeoutMs } = connections;
    const maximumReplicaLagMs = replicaUrl === undefined ? undefined : connections.maximumReplicaLagMs;
    const reports = reportsModule(auth, {
      limits,
      messages: { maximumReplicaLagMs, statementTimeoutMs },
      rollups: rollups && 'where-possible',
    });
    return {
      module: AppModule,
      imports: [
        RateLimitModule.forRoot(rateLimit),
        DatabaseModule.forRoot(databaseUrl, connections, isDatabaseLate),
        HealthModule.forRoot(replicaUrl ?? databaseUrl, maximumReplicaLagMs),
        RollupsModule.forRoot(rollups?.isSealing ? databaseUrl : undefined),
        MetricsModule.forRoot(metrics),
        reports,
        AccessModule.forRoot(reports, conversationUrl),
        ScheduleApiModule.forRoot(reports),
      ],
    };
  }
}

/** The reports, for holders of bearer tokens and of the host's API keys. */
function reportsModule(auth: BearerOptions, options: Omit<ReportsOptions, 'auth'>): DynamicModule {
  return ReportsModule.forRootAsync({
    imports: [ApiKeysModule, ScheduleModule],
    inject: [ApiKeyService, ScheduleService],
    useFactory: (apiKeys: ApiKeyService, schedules: ScheduleService) => ({
      auth: { ...auth, findCaller: (token) => apiKeys.findPrincipal(token) },
      openingHours: (organizationId, channel) => schedules.findOpeningHours(organizationId, channel),
      ...options,
    }),
  });
}
