import { RollupError, rollupSealer, type RollupStatus } from '@chat-reports/nestjs';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { CONNECTION_TIMEOUT_MS, withDataSource } from '../database/data-source';

/** How soon the messages of an import, which is another process, and days that have ended are stored. */
const PAUSE_MS = 60_000;

/** The database whose days are stored: never a replica. */
export class SealedDatabase {
  constructor(readonly url: string) {}
}

/**
 * Stores days for as long as the application runs, on a connection of its own, which reports need not wait for. Of several
 * instances, one does at a time.
 */
@Injectable()
export class SealingTask implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Rollups');
  private readonly stopping = new AbortController();
  private running?: Promise<void>;
  private lastProblem?: string;
  /** What was stored after the last time; undefined as long as that is not known. */
  status?: RollupStatus;

  constructor(private readonly database: SealedDatabase) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.sealOnce();
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Logs a problem unless the log has said so last, and leaves it to the next time. */
  private async sealOnce(): Promise<void> {
    const { signal } = this.stopping;
    try {
      const seal = async (dataSource: DataSource) => {
        const sealer = rollupSealer(dataSource);
        await sealer.sealPending({ signal });
        return sealer.status();
      };
      // The end of the server waits for it.
      this.status = await withDataSource(this.database.url, seal, CONNECTION_TIMEOUT_MS);
      if (this.lastProblem !== undefined) this.logger.log('Days are stored again');
      this.lastProblem = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.status = undefined;
      this.report(error);
    }
  }

  private report(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason === this.lastProblem) return;
    this.lastProblem = reason;
    // A table without rollups is no failure: the repository has said that reports read messages only.
    if (error instanceof RollupError) this.logger.debug(reason);
    else this.logger.warn(`No days are stored until this is put right: ${reason}`);
  }
}
