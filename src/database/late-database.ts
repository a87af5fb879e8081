import { inspectMessages } from '@chat-reports/nestjs';
import { isTransientDatabaseError } from '@chat-reports/nestjs/internal';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { checkConnection, reasonOf } from './check-connection';
import { CONNECTION_TIMEOUT_MS, type ConnectionOptions, dataSourceOptions, migrate } from './data-source';
import { checkReplica } from './replica-check';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** Where the database will be. */
export class DatabaseAddress {
  constructor(
    readonly url: string,
    readonly connections: ConnectionOptions,
  ) {}
}

/** Opens the database of a server that has started without it, as soon as it can be used. */
@Injectable()
export class LateDatabase implements OnModuleDestroy {
  private readonly logger = new Logger('Database');
  private readonly stopping = new AbortController();
  private lastProblem?: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly address: DatabaseAddress,
  ) {}

  /**
   * Tries until it succeeds, with pauses of one to five seconds. Errors are logged, and none is thrown.
   *
   * @returns whether the database is open; otherwise the application has been closed
   */
  async open(): Promise<boolean> {
    const { signal } = this.stopping;
    // Initializing, TypeORM begins a new list, without those that modules have added.
    const { subscribers } = this.dataSource;
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      if (await this.tryToOpen()) {
        this.dataSource.subscribers.push(...subscribers);
        this.logger.log('The database is there, and its schema is up to date');
        return true;
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async tryToOpen(): Promise<boolean> {
    const { signal } = this.stopping;
    try {
      await prepare(this.address);
      signal.throwIfAborted();
      // Last, since reports are answered from then on.
      await this.dataSource.initialize();
    } catch (error) {
      if (!signal.aborted) this.report(error);
      return false;
    }
    // Nest may have closed it, or be about to.
    if (signal.aborted) await this.dataSource.destroy().catch(() => undefined);
    return !signal.aborted;
  }

  /** Logs that the database is away, or what is wrong with it, unless the last log line said the same. */
  private report(error: unknown): void {
    const reason = reasonOf(error);
    const isAway = isTransientDatabaseError(error);
    const problem = isAway ? 'away' : reason;
    if (problem === this.lastProblem) return;
    this.lastProblem = problem;
    if (isAway) this.logger.warn(`Waiting for the database: ${reason}`);
    else this.logger.error(`The database cannot be used until this is put right: ${reason}`);
  }
}

/** Does what a server otherwise does before it listens, on connections of its own. */
async function prepare({ url, connections }: DatabaseAddress): Promise<void> {
  await checkConnection('DATABASE_URL', url, CONNECTION_TIMEOUT_MS);
  await migrate(url);
  if (connections.replicaUrl !== undefined) {
    await checkConnection('DATABASE_REPLICA_URL', connections.replicaUrl, CONNECTION_TIMEOUT_MS);
  }
  const dataSource = await new DataSource(dataSourceOptions(url, connections)).initialize();
  try {
    await checkReplica(dataSource);
    await inspectMessages(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
