import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The opening hours of organizations, and every change of them. A change without a document is a deletion. */
export class CreateSchedules1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table schedules (
        organization_id text not null primary key,
        version integer not null,
        document json not null,
        updated_at timestamptz(3) not null default now(),
        updated_by text not null
      )`);
    await queryRunner.query(`
      create table schedule_changes (
        organization_id text not null,
        version integer not null,
        document json,
        changed_at timestamptz(3) not null default now(),
        changed_by text not null,
        primary key (organization_id, version)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table schedule_changes');
    await queryRunner.query('drop table schedules');
  }
}
