import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import type { AfterQueryEvent, BeforeQueryEvent, DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { Metrics } from './metrics';

/** The statements of a report, and no others, hop along the messages. */
const REPORT = /^\s*with recursive\b/i;

/** Measures the statements that pass through TypeORM, and its pools. */
@Injectable()
export class DatabaseMetrics implements EntitySubscriberInterface {
  private readonly startedAtMs = new WeakMap<QueryRunner, number>();

  constructor(
    @InjectDataSource() dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {
    dataSource.subscribers.push(this);
    // TypeORM does not tell the type of its pools: one, and one for a replica.
    const { master, slaves } = dataSource.driver as unknown as { master: Pool; slaves: Pool[] };
    const sum = (count: (pool: Pool) => number) => [master, ...slaves].reduce((all, pool) => all + count(pool), 0);
    metrics.watchPool(() => ({
      total: sum(({ totalCount }) => totalCount),
      idle: sum(({ idleCount }) => idleCount),
      waiting: sum(({ waitingCount }) => waitingCount),
    }));
  }

  beforeQuery({ queryRunner }: BeforeQueryEvent): void {
    this.startedAtMs.set(queryRunner, performance.now());
  }

  afterQuery({ queryRunner, query, success }: AfterQueryEvent): void {
    const startedAtMs = this.startedAtMs.get(queryRunner);
    if (startedAtMs === undefined) return;
    const kind = REPORT.test(query) ? 'report' : 'other';
    this.metrics.countQuery(kind, success ? 'ok' : 'failed', performance.now() - startedAtMs);
  }
}
