import { randomUUID } from 'node:crypto';
import { Message } from '../../src/database/message.entity';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrate } from '../../src/database/data-source';

/** A message in the making; what a test does not care about has a default. */
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
    readonly dataSource: DataSource,
  ) {}

  static async create(): Promise<TestDatabase> {
    const url = new URL(process.env.TEST_DATABASE_URL!);
    url.pathname = `/chat_reports_test_${randomUUID().replaceAll('-', '')}`;
    await administer(`create database ${url.pathname.slice(1)}`);
    await migrate(url.href);
    return new TestDatabase(url.href, await new DataSource(dataSourceOptions(url.href)).initialize());
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

  async clear(): Promise<void> {
    await this.dataSource.query('truncate messages');
  }

  async drop(): Promise<void> {
    await this.dataSource.destroy();
    await administer(`drop database ${new URL(this.url).pathname.slice(1)} with (force)`);
  }
}

async function administer(statement: string): Promise<void> {
  const client = new Client(process.env.TEST_DATABASE_URL);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
