import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was imported, and by which import a message came; messages from before, and those of other writers, have none. */
export class CreateImports1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table imports (
        id integer generated always as identity primary key,
        source text not null,
        imported_at timestamptz(3) not null default now(),
        read bigint not null,
        added bigint not null default 0,
        undone_at timestamptz(3)
      )`);
    await queryRunner.query('alter table messages add column import_id integer');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table messages drop column import_id');
    await queryRunner.query('drop table imports');
  }
}
