import { MessageRepository, RollupRepository } from '@chat-reports/nestjs/internal';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Counter, Gauge, type Registry } from 'prom-client';
import { SealingTask } from '../rollups/sealing.task';
import { Metrics } from './metrics';

/** Measures how many days are stored, and how many days of reports they serve. Without rollups, there is nothing to measure. */
@Injectable()
export class RollupMetrics implements OnApplicationBootstrap {
  constructor(
    private readonly metrics: Metrics,
    private readonly modules: ModuleRef,
  ) {}

  onApplicationBootstrap(): void {
    const { registry } = this.metrics;
    const repository = this.modules.get(MessageRepository, { strict: false });
    if (repository instanceof RollupRepository) watchUsage(registry, repository);
    const task = findTask(this.modules);
    if (task) watchStatus(registry, task);
  }
}

function watchUsage(registry: Registry, { usage }: RollupRepository): void {
  new Counter({
    name: 'rollup_report_days_total',
    help: 'Whole days in the ranges of reports, by where they were read from: days that are stored, or messages.',
    labelNames: ['source'],
    registers: [registry],
    collect() {
      this.reset();
      this.inc({ source: 'stored' }, usage.storedDays);
      this.inc({ source: 'messages' }, usage.days - usage.storedDays);
    },
  });
}

/** What was last seen when days were stored. As long as that fails, there are no values. */
function watchStatus(registry: Registry, task: SealingTask): void {
  const watch = (
    name: string,
    help: string,
    read: (status: NonNullable<SealingTask['status']>) => number | undefined,
  ) =>
    new Gauge({
      name,
      help,
      // A gauge without labels always has a value, 0 at first.
      labelNames: ['table'],
      registers: [registry],
      collect() {
        this.reset();
        const value = task.status && read(task.status);
        if (value !== undefined) this.set({ table: 'messages' }, value);
      },
    });
  watch('rollup_stored_days', 'Days of organizations that are stored.', ({ days }) => days);
  watch('rollup_stale_marks', 'Marks of stored days that writes have touched since.', ({ marks }) => marks);
  watch(
    'rollup_oldest_unsealed_day_timestamp_seconds',
    'Start of the first past day that is not stored; none if all are stored.',
    ({ oldestUnsealedDay }) => oldestUnsealedDay && oldestUnsealedDay.getTime() / 1000,
  );
}

function findTask(modules: ModuleRef): SealingTask | undefined {
  try {
    return modules.get(SealingTask, { strict: false });
  } catch {
    return undefined;
  }
}
