import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseHealth, ReplicaOptions } from './database.health';
import { HealthController } from './health.controller';
import { ProbeConnection } from './probe-connection';

/** Liveness and readiness probes. */
@Module({})
export class HealthModule {
  /**
   * @param url the database that reports are read from: the replica if there is one, since they do not need the primary
   * @param maximumReplicaLagMs how far it may lag behind; undefined if it is no replica, or not checked
   */
  static forRoot(url: string | undefined, maximumReplicaLagMs?: number): DynamicModule {
    return {
      module: HealthModule,
      // DatabaseHealth logs failures itself, including the reason.
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        DatabaseHealth,
        { provide: ProbeConnection, useValue: new ProbeConnection(url) },
        { provide: ReplicaOptions, useValue: new ReplicaOptions(maximumReplicaLagMs) },
      ],
    };
  }
}
