import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { AfterQueryEvent, BeforeQueryEvent, DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { Metrics } from './metrics';

/**
 * Measures statements and connection pools through TypeORM.
 *
 * Statements that the library runs for reports have `queryRunner.data.kind === 'report'`. All others count as `other`.
 */
@Injectable()
export class DatabaseMetrics implements EntitySubscriberInterface {
  private readonly startedAtMs = new WeakMap<QueryRunner, number>();

  constructor(
    @InjectDataSource() dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {
    dataSource.subscribers.push(this);
    const sum = (count: (pool: Pool) => number) => poolsOf(dataSource).reduce((all, pool) => all + count(pool), 0);
    metrics.watchPool(() => ({
      total: sum(({ totalCount }) => totalCount),
      idle: sum(({ idleCount }) => idleCount),
      waiting: sum(({ waitingCount }) => waitingCount),
    }));
  }

  beforeQuery({ queryRunner }: BeforeQueryEvent): void {
    this.startedAtMs.set(queryRunner, performance.now());
  }

  afterQuery({ queryRunner, success }: AfterQueryEvent): void {
    const startedAtMs = this.startedAtMs.get(queryRunner);
    if (startedAtMs === undefined) return;
    const { kind = 'other' } = queryRunner.data as { kind?: 'report' };
    this.metrics.countQuery(kind, success ? 'ok' : 'failed', performance.now() - startedAtMs);
  }
}

/** One for the database and one for a replica, which TypeORM does not type; none before the database is open. */
function poolsOf({ driver }: DataSource): Pool[] {
  const { master, slaves } = driver as unknown as { master?: Pool; slaves: Pool[] };
  return master ? [master, ...slaves] : slaves;
}
