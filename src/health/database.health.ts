import { runCancellable } from '@chat-reports/nestjs';
import { Injectable, Logger } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** Kubernetes waits one second by default; whoever sets more learns no more by it. */
const PATIENCE_MS = 900;

const APPLIED = 'select count(*)::int as count from migrations where name = any($1)';

/** Looks whether the database answers, and has the schema that this version needs. */
@Injectable()
export class DatabaseHealth {
  private readonly logger = new Logger('Health');
  /** A database that hangs is asked once, not once for each probe. */
  private asking: Promise<boolean> | undefined;

  constructor(
    private readonly indicators: HealthIndicatorService,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** Never says more than `up` or `down`: the answer is public, the log has the reason. */
  async check(): Promise<HealthIndicatorResult> {
    const database = this.indicators.check('database');
    const migrations = this.indicators.check('migrations');
    try {
      const isMigrated = await this.isMigratedInTime();
      return { ...database.up(), ...(isMigrated ? migrations.up() : migrations.down()) };
    } catch (error) {
      this.logger.error(`The database does not answer: ${String(error)}`);
      return database.down();
    }
  }

  private async isMigratedInTime(): Promise<boolean> {
    this.asking ??= this.isMigrated().finally(() => (this.asking = undefined));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      return await Promise.race([this.asking, patience]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async isMigrated(): Promise<boolean> {
    const names = this.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
    // Where reports are read: with a replica they do not need the database itself.
    const [row] = await runCancellable<{ count: number }>(this.dataSource, APPLIED, [names]);
    return row!.count === names.length;
  }
}
