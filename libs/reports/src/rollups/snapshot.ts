import type { MessageRepository } from '../messages/message.repository';
import type { MessageQueries } from '../messages/message.source';
import type { SealingTerms } from './sealing';
import type { Days } from './stored-days.sql';

/** How much of the requested ranges came from stored days. */
export interface RollupUsage {
  /** Whole days in the ranges of reports. */
  days: number;
  /** How many of them were stored and unmarked. */
  storedDays: number;
}

/** The snapshot in which a report is assembled. */
export interface Snapshot {
  queries: MessageQueries;
  /** Reads messages in the snapshot. */
  messages: MessageRepository;
  terms: SealingTerms;
  /** The days that lie in the range completely. */
  days: Days;
  usage: RollupUsage;
}
