import type { DataSource } from 'typeorm';

/** How many messages are in memory at a time. */
const BATCH_MESSAGES = 5_000;

/**
 * Reads the messages as NDJSON, which an import reads back as the same messages. They are those of one instant, in the
 * order of the primary key. Messages at infinite times or outside of the years 1 to 9999, which an import does not accept, are
 * left out.
 *
 * @param organizationIds organizations to export; default: all
 * @returns chunks of one or more complete lines
 */
export async function* exportMessages(dataSource: DataSource, organizationIds?: string[]): AsyncGenerator<string> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await queryRunner.startTransaction();
    await queryRunner.query(DECLARE_CURSOR, [organizationIds]);
    for (;;) {
      const messages = (await queryRunner.query(`fetch ${BATCH_MESSAGES} from exported`)) as object[];
      if (messages.length === 0) return;
      yield messages.map((message) => `${JSON.stringify(message)}\n`).join('');
    }
  } finally {
    // Nothing was changed, and the connection may have been lost.
    if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
    await queryRunner.release();
  }
}

const DECLARE_CURSOR = `
  declare exported no scroll cursor for
  select organization_id, channel, session_id, created_at, id
  from messages
  where ($1::text[] is null or organization_id = any($1))
    and created_at >= '0001-01-01T00:00:00Z' and created_at < '10000-01-01T00:00:00Z'
  order by organization_id, created_at, id`;
