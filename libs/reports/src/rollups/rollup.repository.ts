import type { OnModuleInit } from '@nestjs/common';
import type { Activity, ActivitySum, ByChannel, OverviewActivity } from '../messages/activity';
import type { MessageRange } from '../messages/message-scope';
import { MessageRepository } from '../messages/message.repository';
import type { MessageSource } from '../messages/message.source';
import { daysWithin } from './division';
import { fingerprintOfDays } from './fingerprint';
import { KnownStore } from './known-store';
import type { RollupUsage, Snapshot } from './snapshot';
import { findWithDays } from './rolled-up-activity';
import { findWithDaysByChannel, sumWithDaysByChannel } from './rolled-up-channels';
import { findOverviewWithDays, sumOverviewWithDays } from './rolled-up-overview';
import type { SealingTerms } from './sealing';

/**
 * Reads chat messages, but takes what it can from stored days. The results are the same as if all messages in its
 * snapshot had been read: for a day that a write has touched, the messages are read.
 */
export class RollupRepository extends MessageRepository implements OnModuleInit {
  readonly usage: RollupUsage = { days: 0, storedDays: 0 };
  private readonly store: KnownStore;

  /**
   * @param readTerms reads the terms on which days are stored, and checks their store
   * @param isOptional whether everything is read from the messages if there is no store
   */
  constructor(
    protected override readonly source: MessageSource,
    readTerms: () => Promise<SealingTerms>,
    isOptional = false,
  ) {
    super(source);
    this.store = new KnownStore(readTerms, isOptional);
  }

  /** Unless the store is optional, aborts the startup if there is none, or if it belongs to other options. */
  async onModuleInit(): Promise<void> {
    if (this.source.isOpen) await this.store.check();
  }

  override findActivity(range: MessageRange, thresholdMs: number): Promise<Activity> {
    const plainly = () => super.findActivity(range, thresholdMs);
    return this.inSnapshot(range, thresholdMs, plainly, (snapshot) => findWithDays(snapshot, range));
  }

  override findActivityByChannel(
    range: Omit<MessageRange, 'channel'>,
    thresholdMs: number,
  ): Promise<ByChannel<Activity>> {
    const plainly = () => super.findActivityByChannel(range, thresholdMs);
    return this.inSnapshot(range, thresholdMs, plainly, (snapshot) => findWithDaysByChannel(snapshot, range));
  }

  override sumActivityByChannel(
    range: Omit<MessageRange, 'channel'>,
    thresholdMs: number,
  ): Promise<ByChannel<ActivitySum>> {
    const plainly = () => super.sumActivityByChannel(range, thresholdMs);
    return this.inSnapshot(range, thresholdMs, plainly, (snapshot) => sumWithDaysByChannel(snapshot, range));
  }

  override findOverview(range: MessageRange, thresholdMs: number): Promise<OverviewActivity<Activity>> {
    const plainly = () => super.findOverview(range, thresholdMs);
    return this.inSnapshot(range, thresholdMs, plainly, (snapshot) => findOverviewWithDays(snapshot, range));
  }

  override sumOverview(range: MessageRange, thresholdMs: number): Promise<OverviewActivity<ActivitySum>> {
    const plainly = () => super.sumOverview(range, thresholdMs);
    return this.inSnapshot(range, thresholdMs, plainly, (snapshot) => sumOverviewWithDays(snapshot, range));
  }

  private async inSnapshot<Found>(
    range: MessageRange,
    thresholdMs: number,
    plainly: () => Promise<Found>,
    find: (snapshot: Snapshot) => Promise<Found>,
  ): Promise<Found> {
    const known = await this.store.terms();
    if (known === undefined) return plainly();
    const days = daysWithin(range.start, range.end, known.settings.dayMs);
    if (days.until <= days.from) return plainly();
    const table = await this.source.readTableFor(range);
    await this.source.readIndexes();
    const terms = { ...known, table, thresholdMs, fingerprint: fingerprintOfDays(table, thresholdMs, known.settings) };
    const { usage } = this;
    // TRUNCATE also removes rows from snapshots taken earlier, so the table is locked against it first.
    const lock = `lock table only ${terms.store.messages} in access share mode`;
    const reading = this.source.readSnapshot(
      (queries) => find({ queries, messages: new MessageRepository(queries), terms, days, usage }),
      lock,
      range.signal,
    );
    return reading.catch((error: unknown) => {
      if (!this.store.isGone(error)) throw error;
      return plainly();
    });
  }
}
