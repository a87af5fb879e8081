import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The messages table, with the two indexes for the skip scans of reports. */
export class CreateMessages1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table messages (
        organization_id text not null,
        channel text not null,
        session_id text not null,
        created_at timestamptz(3) not null,
        id uuid not null,
        constraint messages_pkey primary key (organization_id, created_at, id)
      )`);
    await queryRunner.query(`
      create index messages_by_channel on messages (organization_id, channel, created_at, id)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table messages');
  }
}
