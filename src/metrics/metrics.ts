import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FinishedRequest } from '../http/request-watch';

/** A report on a month takes about a tenth of a second. After ten seconds, statements are canceled by default. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How many connections to the database are in use. */
export interface PoolUse {
  total: number;
  idle: number;
  /** Number of statements that wait for a connection. */
  waiting: number;
}

/** The metrics for Prometheus. No label has a value that a client can make up. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Finished requests. Unknown paths have the route none. 499 means that the client disconnected.',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });
  private readonly requestTime = this.createDurationHistogram(
    'http_request_duration_seconds',
    'Time from the arrival of a request to the end of its response.',
    ['method', 'route'],
  );
  private readonly queryTime = this.createDurationHistogram(
    'database_query_duration_seconds',
    'Duration of statements in the database, for reports (kind report) and for everything else (kind other).',
    ['kind', 'outcome'],
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts a finished request. A property, so that it can be passed as an observer. */
  readonly countRequest = ({ method, route = 'none', status, durationMs }: FinishedRequest): void => {
    this.requests.inc({ method, route, status });
    this.requestTime.observe({ method, route }, durationMs / 1000);
  };

  /** Counts a statement that has succeeded or failed. */
  countQuery(kind: 'report' | 'other', outcome: 'ok' | 'failed', durationMs: number): void {
    this.queryTime.observe({ kind, outcome }, durationMs / 1000);
  }

  /**
   * Adds a gauge of connections.
   *
   * @param readUse called whenever the metrics are read
   */
  watchPool(readUse: () => PoolUse): void {
    new Gauge({
      name: 'database_pool_connections',
      help: 'Connections to the database that are open (total) or unused (idle), and statements waiting for one.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        for (const [state, count] of Object.entries<number>({ ...readUse() })) this.set({ state }, count);
      },
    });
  }

  private createDurationHistogram<Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
  ): Histogram<Label> {
    return new Histogram({ name, help, labelNames, buckets: BUCKETS_SECONDS, registers: [this.registry] });
  }
}
