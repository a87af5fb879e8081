/** The rollups of the host's messages table, which has the columns that the library expects by default. */

import type { EntityManager, QueryRunner } from 'typeorm';

/**
 * Creates them, with the triggers on the messages table.
 *
 * @returns why the table cannot have them, or undefined if they are created
 */
export async function createRollups(queryRunner: QueryRunner): Promise<string | undefined> {
  const { RollupError, rollupMigration } = await loadLibrary();
  try {
    const { up } = await rollupMigration(queryOf(queryRunner));
    for (const statement of up) await queryRunner.query(statement);
    return undefined;
  } catch (error) {
    if (error instanceof RollupError) return error.message;
    throw error;
  }
}

/** Drops them, if there are any. */
export async function dropRollups(queryRunner: QueryRunner): Promise<void> {
  const { RollupError, rollupMigration } = await loadLibrary();
  try {
    const { down } = await rollupMigration(queryOf(queryRunner));
    for (const statement of down) await queryRunner.query(statement);
  } catch (error) {
    // A table that cannot have them has none.
    if (!(error instanceof RollupError)) throw error;
  }
}

/** Whether there are any. */
export async function hasRollups(connection: EntityManager | QueryRunner): Promise<boolean> {
  const [{ exists }] = (await connection.query(
    `select to_regclass('messages_rollup_state') is not null as exists`,
  )) as [{ exists: boolean }];
  return exists;
}

/** Only when it is needed: most commands connect to the database without it, and start in half the time. */
function loadLibrary() {
  return import('@chat-reports/nestjs');
}

function queryOf(queryRunner: QueryRunner) {
  return (text: string, values: unknown[]) => queryRunner.query(text, values) as Promise<unknown[]>;
}
