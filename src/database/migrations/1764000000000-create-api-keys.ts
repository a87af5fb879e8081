import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table of API keys, which are looked up by their hash. */
export class CreateApiKeys1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table api_keys (
        id uuid not null default gen_random_uuid() primary key,
        organization_id text not null,
        name text not null,
        hash bytea not null unique,
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3),
        last_used_at timestamptz(3),
        revoked_at timestamptz(3)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table api_keys');
  }
}
