import { Logger } from '@nestjs/common';
import { hasCode } from '../database/database-error';
import { MessagesUnavailableError } from '../messages/messages-unavailable.error';
import { RollupError } from './rollup.error';
import type { SealingTerms } from './sealing';

/** How long to wait before checking again a store that could not be used. */
const RECHECK_MS = 60_000;

/** Undefined table, or insufficient privilege. */
const GONE = /^(42P01|42501)$/;

/** What a reader knows about the store: the terms on which days are stored, or that there are none to read. */
export class KnownStore {
  private readonly logger = new Logger('ReportsModule');
  private reading?: Promise<SealingTerms>;
  private refusedAtMs?: number;
  private lastReason?: string;

  constructor(
    private readonly read: () => Promise<SealingTerms>,
    private readonly isOptional: boolean,
  ) {}

  /** Reads the terms. If the database is unreachable, it only logs a warning, and the first report reads them. */
  async check(): Promise<void> {
    try {
      await this.terms();
    } catch (error) {
      const isUnavailable = MessagesUnavailableError.unlessFault(error) instanceof MessagesUnavailableError;
      if (!isUnavailable && !(error instanceof MessagesUnavailableError)) throw error;
      this.logger.warn(`The rollups could not be checked: ${String(error)}`);
    }
  }

  /**
   * @returns undefined if the store is optional and cannot be used
   * @throws RollupError if it is required and cannot be used
   * @throws MessagesUnavailableError if the database is unreachable or too slow
   */
  async terms(): Promise<SealingTerms | undefined> {
    if (this.refusedAtMs !== undefined && performance.now() < this.refusedAtMs + RECHECK_MS) return undefined;
    this.reading ??= this.read();
    try {
      const terms = await this.reading;
      this.refusedAtMs = undefined;
      return terms;
    } catch (error) {
      // The next call tries again: the database may be reachable by then, or the store created.
      this.reading = undefined;
      if (!(error instanceof RollupError)) throw MessagesUnavailableError.unlessFault(error);
      if (!this.isOptional) throw error;
      this.refuse(error.message);
      return undefined;
    }
  }

  /** Whether an error shows that an optional store can no longer be used. If so, it is not used for a while. */
  isGone(error: unknown): boolean {
    if (!this.isOptional || !hasCode(error, GONE)) return false;
    this.reading = undefined;
    this.refuse((error as Error).message);
    return true;
  }

  private refuse(reason: string): void {
    this.refusedAtMs = performance.now();
    if (reason !== this.lastReason) this.logger.log(`Reports read messages only: ${reason}`);
    this.lastReason = reason;
  }
}
