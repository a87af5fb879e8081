import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createRollups, dropRollups } from '../rollups';

/** Stored days, and the triggers that mark them. On a database that cannot have them, reports read messages only. */
export class CreateRollups1764400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // A table that is not distributed yet will be, which Citus refuses for one with triggers.
    const [{ hasCitus }] = (await queryRunner.query(
      `select to_regclass('pg_dist_partition') is not null as "hasCitus"`,
    )) as [{ hasCitus: boolean }];
    if (hasCitus) return;
    await createRollups(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropRollups(queryRunner);
  }
}
