import type { MessageDatabase } from '../database/message-database';
import { hasCode } from '../database/database-error';
import { catalogOf } from '../message-table/catalog';
import type { MessageTable } from '../message-table/message-table';
import { readMessageTable } from '../message-table/message-table.reader';
import type { MessagesOptions } from '../message-table/messages.options';
import { fingerprintOfDays, fingerprintOfMarking } from './fingerprint';
import { findStore } from './rollup-store';
import { RollupError } from './rollup.error';
import { ROLLUP_SETTINGS, type RollupSettings } from './rollup.settings';
import type { SealingTerms } from './sealing';

/** Undefined table, and insufficient privilege. */
const MISSING = /^42P01$/;
const FORBIDDEN = /^42501$/;

/**
 * Reads the terms on which the days of a table are stored, and checks that its store matches them.
 *
 * @param table the definition of the table, if it has been read already
 * @throws MessageTableError if the table cannot be reported on
 * @throws RollupError if it cannot have rollups, or if their tables are missing, cannot be read, or belong to other
 * options
 */
export async function readRollups(
  database: MessageDatabase,
  options: MessagesOptions,
  thresholdMs: number,
  table?: MessageTable,
): Promise<SealingTerms> {
  if (!database.transaction)
    throw new RollupError('rollups need a TypeORM DataSource or a pg.Pool: a function has no transactions');
  const read = table ?? (await readMessageTable(database, options));
  const catalog = catalogOf(database, options);
  const store = await findStore(catalog, read, options);
  const [state] = await orExplain(
    catalog<{ marking: string; day_ms: number; lateness_ms: number }>(
      `select marking, day_ms, lateness_ms from ${store.state}
       where (select count(*) from (select from ${store.days} limit 1) a) + (select count(*) from (select from ${store.channelDays} limit 1) b)
         + (select count(*) from (select from ${store.marks} limit 1) c) >= 0`,
      [],
    ),
    store.messages,
  );
  const settings: RollupSettings = {
    ...ROLLUP_SETTINGS,
    ...(state && { dayMs: state.day_ms, latenessMs: state.lateness_ms }),
  };
  if (state?.marking !== fingerprintOfMarking(read, settings))
    throw new RollupError(
      `the rollups of ${store.messages} were created for other columns of the organization and the time: run the statements of rollupMigration again, first down, then up`,
    );
  return { table: read, store, thresholdMs, settings, fingerprint: fingerprintOfDays(read, thresholdMs, settings) };
}

async function orExplain<Row>(rows: Promise<Row[]>, messages: string): Promise<Row[]> {
  try {
    return await rows;
  } catch (error) {
    if (hasCode(error, MISSING))
      throw new RollupError(`there are no rollups of ${messages}: create them with the statements of rollupMigration`);
    if (hasCode(error, FORBIDDEN))
      throw new RollupError(`the rollups of ${messages} cannot be read: ${(error as Error).message}`);
    throw error;
  }
}
