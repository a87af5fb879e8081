import { REPLICA_LAG_MS, ReplicaLagError } from '@chat-reports/nestjs/internal';
import { Injectable, Logger } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { PROBE_TIMEOUT_MS, ProbeConnection } from './probe-connection';

/** Whether and how the replica is checked. */
export class ReplicaOptions {
  /** @param maximumLagMs how far it may lag behind, in milliseconds; undefined if that is not checked */
  constructor(readonly maximumLagMs?: number) {}
}

interface State {
  isMigrated: boolean;
  /** In milliseconds; null if the replica is up to date, or not checked. */
  lag: number | null;
}

/** Checks that the database answers and has the schema of this version. */
@Injectable()
export class DatabaseHealth {
  private readonly logger = new Logger('Health');
  /** Probes share a pending check, so that they do not pile up on a database that hangs. */
  private pending: Promise<State> | undefined;

  constructor(
    private readonly indicators: HealthIndicatorService,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly connection: ProbeConnection,
    private readonly replica: ReplicaOptions,
  ) {}

  /** Returns `up` or `down` and no details, since the response is public. The log has the reason. */
  async check(): Promise<HealthIndicatorResult> {
    const database = this.indicators.check('database');
    // The log says why when the server begins to wait for it, and not for each probe.
    if (!this.dataSource.isInitialized) return database.down();
    const migrations = this.indicators.check('migrations');
    try {
      const { isMigrated, lag } = await this.readWithinTimeout();
      return {
        ...database.up(),
        ...(isMigrated ? migrations.up() : migrations.down()),
        ...this.checkLag(lag),
      };
    } catch (error) {
      this.logger.error(`The database does not answer: ${String(error)}`);
      return database.down();
    }
  }

  private checkLag(lag: number | null): HealthIndicatorResult {
    const { maximumLagMs } = this.replica;
    if (maximumLagMs === undefined) return {};
    const replica = this.indicators.check('replica');
    if (lag === null || lag <= maximumLagMs) return replica.up();
    this.logger.error(new ReplicaLagError(lag, maximumLagMs).message);
    return replica.down();
  }

  private async readWithinTimeout(): Promise<State> {
    this.pending ??= this.read().finally(() => (this.pending = undefined));
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)), PROBE_TIMEOUT_MS);
    });
    try {
      return await Promise.race([this.pending, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async read(): Promise<State> {
    const names = this.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
    const lag = this.replica.maximumLagMs === undefined ? 'null' : REPLICA_LAG_MS;
    const [row] = await this.connection.query<{ count: number; lag: number | null }>(
      `select count(*)::int as count, ${lag} as lag from migrations where name = any($1)`,
      [names],
    );
    return { isMigrated: row!.count === names.length, lag: row!.lag };
  }
}
