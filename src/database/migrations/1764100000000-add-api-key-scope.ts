import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a key allows. Existing keys keep their access, and so do keys that instances of an older version create. */
export class AddApiKeyScope1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`alter table api_keys add column scope text not null default 'reports:read'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table api_keys drop column scope');
  }
}
