import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseMetrics } from './database.metrics';
import { Metrics } from './metrics';
import { MetricsOptions, MetricsServer } from './metrics.server';
import { RollupMetrics } from './rollup.metrics';

/** Metrics for Prometheus. Without options there are none. */
@Module({})
export class MetricsModule {
  static forRoot(options?: MetricsOptions): DynamicModule {
    if (options === undefined) return { module: MetricsModule };
    return {
      module: MetricsModule,
      providers: [
        { provide: MetricsOptions, useValue: options },
        Metrics,
        DatabaseMetrics,
        RollupMetrics,
        MetricsServer,
      ],
    };
  }
}
