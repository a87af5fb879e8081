import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FinishedRequest } from '../requests/request-watch';

/** A report of a month takes about a tenth of a second; what takes ten is cancelled by default. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** How many connections to the database there are. */
export interface PoolUse {
  total: number;
  idle: number;
  /** Statements that wait for a connection. */
  waiting: number;
}

/** What Prometheus is told. No label takes a value that a client has made up. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests that are over. Paths that nothing serves have the route none; 499 is a client that hung up.',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });
  private readonly requestTime = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS_SECONDS,
    registers: [this.registry],
  });
  private readonly queryTime = new Histogram({
    name: 'database_query_duration_seconds',
    help: 'Time of a statement in the database: of a report (kind report), or of anything else.',
    labelNames: ['kind', 'outcome'],
    buckets: BUCKETS_SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  readonly countRequest = ({ method, route = 'none', status, durationMs }: FinishedRequest): void => {
    this.requests.inc({ method, route, status });
    this.requestTime.observe({ method, route }, durationMs / 1000);
  };

  countQuery(kind: 'report' | 'other', outcome: 'ok' | 'failed', durationMs: number): void {
    this.queryTime.observe({ kind, outcome }, durationMs / 1000);
  }

  /** @param use is asked each time the metrics are */
  watchPool(use: () => PoolUse): void {
    new Gauge({
      name: 'database_pool_connections',
      help: 'Connections to the database that are open (total) or unused (idle), and statements that wait for one.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        for (const [state, count] of Object.entries<number>({ ...use() })) this.set({ state }, count);
      },
    });
  }
}
