import { hasCode } from '../database/database-error';
import type { MessageDatabase, TransactionQuery } from '../database/message-database';
import { type DatabaseAccess, openDatabase } from '../database/open-database';
import type { MessagesOptions } from '../message-table/messages.options';
import { readRollups } from './rollup.source';
import type { RollupSettings } from './rollup.settings';
import { type DayRange, spansStatement } from './seal.sql';
import { prepare, sealRange, type SealingTerms, tidy } from './sealing';
import { lockState, markedDays, markStored } from './state.sql';
import { readStatus, type RollupStatus } from './rollup-status';

/** Maximum number of days that one transaction stores. */
const BATCH_DAYS = 31;

/** Lock not available: another instance is storing days. */
const LOCKED = /^55P03$/;

/** How far storing days has come. */
export interface SealingProgress {
  /** Days of organizations that have been stored. */
  done: number;
  /** Days of organizations that there are to store, including those. */
  total: number;
}

/** Options of sealing. */
export interface SealingRequest {
  /** Abort it to stop; what has been stored stays. */
  signal?: AbortSignal;
  onProgress?: (progress: SealingProgress) => void;
}

/** Which days to forget: those that overlap the given time. */
export interface ForgettingScope {
  /** Default: all organizations. */
  organizationIds?: string[];
  from?: Date;
  /** Exclusive. */
  to?: Date;
}

/** What a call has done. */
export interface SealingOutcome {
  /** Number of days of organizations that have been stored, for the first time or again. */
  sealed: number;
  /** Whether the call has stopped because another instance is storing days. */
  isBusy: boolean;
}

/**
 * Stores days of messages, so that reports on them need not read the messages again. Reports are correct whatever has
 * been stored.
 */
export class RollupSealer {
  /** @param changes of the settings, for tests */
  constructor(
    private readonly database: MessageDatabase,
    private readonly options: MessagesOptions,
    private readonly thresholdMs: number,
    private readonly changes: Partial<RollupSettings> = {},
  ) {}

  /**
   * Stores all past days that are not stored, and again those that writes have touched since. Only one of several
   * instances does so at a time. This never waits: days that a transaction may still write to are left for the next
   * call.
   *
   * @throws RollupError if the table cannot have rollups, or has no store
   * @throws the reason of the signal if it is aborted
   * @throws what the driver throws; what has been stored stays
   */
  async sealPending({ signal, onProgress }: SealingRequest = {}): Promise<SealingOutcome> {
    const terms = await this.readTerms();
    let done = 0;
    try {
      // Unless another transaction is open, the second call completes what the first one has begun.
      await this.write(terms, (query) => prepare(query, terms), signal);
      const ready = await this.write(terms, (query) => prepare(query, terms), signal);
      const ranges = [
        ...(ready === undefined ? [] : await this.findUnsealed(terms, ready)),
        ...(await this.findMarked(terms)),
      ];
      const total = ranges.reduce((days, { from, until }) => days + until - from, 0);
      onProgress?.({ done, total });
      for (const range of ranges) {
        signal?.throwIfAborted();
        const isSealed = await this.write(terms, (query) => sealRange(query, terms, range), signal);
        if (!isSealed) break;
        done += range.until - range.from;
        onProgress?.({ done, total });
      }
      await this.write(terms, (query) => tidy(query, terms), signal);
      return { sealed: done, isBusy: false };
    } catch (error) {
      if (!hasCode(error, LOCKED)) throw error;
      return { sealed: done, isBusy: true };
    }
  }

  /**
   * Finds what is stored, and what is not.
   *
   * @throws what `sealPending` throws
   */
  async status(): Promise<RollupStatus> {
    const terms = await this.readTerms();
    const { over, ...status } = await this.read((query) => readStatus(query, terms));
    const unsealed = (await this.findUnsealed(terms, over)).map(({ from }) => from);
    const oldest = unsealed.length === 0 ? undefined : Math.min(...unsealed) * terms.settings.dayMs;
    return { ...status, oldestUnsealedDay: oldest === undefined ? undefined : new Date(oldest) };
  }

  /**
   * Forgets stored days whose messages may have disappeared without firing a trigger, as when a partition is dropped.
   * From then on, reports read messages for those days until they are stored again.
   *
   * @returns the number of days of organizations that have been forgotten
   * @throws what `sealPending` throws
   */
  async forget(scope: ForgettingScope = {}): Promise<number> {
    const { store, settings } = await this.readTerms();
    const { organizationIds = null, from, to } = scope;
    const dayOf = (time: Date | undefined, round: (day: number) => number) =>
      time === undefined ? null : round(time.getTime() / settings.dayMs);
    const values = [organizationIds, dayOf(from, Math.floor), dayOf(to, Math.ceil)];
    const work = (query: TransactionQuery) => query(markStored(store), values);
    const marked = await this.database.transaction!(work, { canWrite: true, kind: 'rollups', statementTimeoutMs: 0 });
    return marked.length;
  }

  private async readTerms(): Promise<SealingTerms> {
    const terms = await readRollups(this.database, this.options, this.thresholdMs);
    return { ...terms, settings: { ...terms.settings, ...this.changes } };
  }

  /**
   * The days of each organization that are not stored. Stored days are contiguous, wherever storing stops, so two
   * numbers describe them.
   */
  private async findUnsealed({ table, store, settings }: SealingTerms, ready: number): Promise<DayRange[]> {
    const { text, values } = spansStatement(table, store, ready, settings.dayMs).toStatement();
    const spans = await this.read((query) => query<Span>(text, values));
    return spans.flatMap(({ organization, first, last, from_day, until_day }) => {
      if (first === null || last === null) return [];
      if (from_day === null || until_day === null) return batches(organization, first, last + 1);
      return [...batches(organization, until_day, last + 1).reverse(), ...batches(organization, first, from_day)];
    });
  }

  private async findMarked({ store }: SealingTerms): Promise<DayRange[]> {
    const marked = await this.read((query) => query<{ organization: string; day: number }>(markedDays(store), []));
    const ranges: DayRange[] = [];
    for (const { organization, day } of marked) {
      const last = ranges.at(-1);
      if (last?.organization === organization && last.until === day && day - last.from < BATCH_DAYS)
        last.until = day + 1;
      else ranges.push({ organization, from: day, until: day + 1 });
    }
    return ranges;
  }

  private read<Result>(work: (query: TransactionQuery) => Promise<Result>): Promise<Result> {
    return this.database.transaction!(work, { server: 'master', kind: 'rollups', statementTimeoutMs: 0 });
  }

  private write<Result>(
    { store }: SealingTerms,
    work: (query: TransactionQuery) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const limits = { kind: 'rollups', statementTimeoutMs: 0, signal };
    return this.database.transaction!(work, { canWrite: true, lock: lockState(store), ...limits });
  }
}

/**
 * Creates the sealer, which fills the rollups of a messages table.
 *
 * @param access how the application reaches its database, with a role that may write to the rollups
 * @param options the `messages` option of `ReportsModule`
 * @param thresholdMs its `downtimeThreshold`
 * @param changes of the settings, for tests
 */
export function rollupSealer(
  access: DatabaseAccess,
  options: MessagesOptions = {},
  thresholdMs = 120_000,
  changes: Partial<RollupSettings> = {},
): RollupSealer {
  return new RollupSealer(openDatabase(access, options), options, thresholdMs, changes);
}

interface Span {
  organization: string;
  first: number | null;
  last: number | null;
  from_day: number | null;
  until_day: number | null;
}

/** Ranges that one transaction stores, the latest first; none if they end before they begin. */
function batches(organization: string, from: number, until: number): DayRange[] {
  const ranges: DayRange[] = [];
  for (let end = until; end > from; end -= BATCH_DAYS)
    ranges.push({ organization, from: Math.max(from, end - BATCH_DAYS), until: end });
  return ranges;
}
