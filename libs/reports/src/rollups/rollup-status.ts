import type { TransactionQuery } from '../database/message-database';
import type { SealingTerms } from './sealing';

/** What is stored of a messages table. */
export interface RollupStatus {
  /** Number of days of organizations that are stored. */
  days: number;
  /** Number of marks on days that writes have touched since. Reports read the messages of those days. */
  marks: number;
  /** Start of the first past day that is not stored; undefined if all are stored. */
  oldestUnsealedDay: Date | undefined;
  /** Whether the days were stored with the current options of the module. If not, the next sealing replaces them. */
  isCurrent: boolean;
}

interface Row {
  days: number;
  marks: number;
  over: number;
  fingerprint: string | null;
}

/** Reads the status, and `over`, the first day that is not past. */
export async function readStatus(
  query: TransactionQuery,
  { store, settings, fingerprint: current }: SealingTerms,
): Promise<Omit<RollupStatus, 'oldestUnsealedDay'> & { over: number }> {
  const { dayMs, latenessMs, marginMs } = settings;
  const [row] = await query<Row>(
    `select (select coalesce(sum(until_day - from_day), 0)::float8 from ${store.spans}) as days,
       (select count(*)::float8 from ${store.marks}) as marks, fingerprint,
       floor((extract(epoch from now()) * 1000 - $1) / $2)::integer as over
     from ${store.state}`,
    [latenessMs + marginMs, dayMs],
  );
  const { fingerprint, ...counts } = row!;
  return { ...counts, isCurrent: fingerprint === current };
}
