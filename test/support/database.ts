import { randomUUID } from 'node:crypto';
import { Message } from '../../src/database/message.entity';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source';
import { executeOn, urlOfDatabase } from './server';

/** A message to insert. All fields that do not matter to a test have defaults. */
export interface TestMessage {
  at: string | number | Date;
  organizationId?: string;
  channel?: string;
  sessionId?: string;
  id?: string;
}

/** A database of a test's own, with the schema of the product and nothing in it. */
export class TestDatabase {
  private constructor(
    readonly url: string,
    private readonly name: string,
    readonly dataSource: DataSource,
  ) {}

  static async create(): Promise<TestDatabase> {
    const { TEST_DATABASE_URL: server, TEST_DATABASE_TEMPLATE: template } = process.env;
    const name = `chat_reports_test_${randomUUID().replaceAll('-', '')}`;
    await executeOn(server!, `create database ${name} template ${template}`);
    const url = urlOfDatabase(server!, name);
    // Long enough for a busy machine.
    const dataSource = new DataSource(dataSourceOptions(url, { connectionTimeoutMs: 60_000 }));
    return new TestDatabase(url, name, await dataSource.initialize());
  }

  async insert(messages: TestMessage[]): Promise<void> {
    const rows = messages.map(({ at, organizationId = '123456', channel = 'web', sessionId = 'session1', id }) => ({
      organizationId,
      channel,
      sessionId,
      createdAt: new Date(at),
      id: id ?? randomUUID(),
    }));
    await this.dataSource.getRepository(Message).insert(rows);
  }

  /** Inserts a message at a time that JavaScript may be unable to represent, such as `-infinity`. */
  async insertAt(at: string): Promise<void> {
    await this.dataSource.query(
      `insert into messages (organization_id, channel, session_id, created_at, id)
       values ('123456', 'web', 'session1', $1, gen_random_uuid())`,
      [at],
    );
  }

  async clear(): Promise<void> {
    await this.dataSource.query('truncate messages');
  }

  /** Drops all indexes of the table. */
  async dropIndexes(): Promise<void> {
    await this.dataSource.query('alter table messages drop constraint messages_pkey; drop index messages_by_channel');
  }

  async drop(): Promise<void> {
    await this.dataSource.destroy();
    await executeOn(process.env.TEST_DATABASE_URL!, `drop database ${this.name} with (force)`);
  }
}
