import { ReportsModule } from '@chat-reports/nestjs';
import { Module } from '@nestjs/common';
import knex from 'knex';
import type { ClientBase } from 'pg';
import { messages } from './messages.js';

const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });

/** `raw` of Knex has its own notation for values, so the statement goes to a connection of pg. */
async function query(text: string, values: unknown[]): Promise<unknown[]> {
  const connection: ClientBase = await db.client.acquireConnection();
  try {
    return (await connection.query(text, values)).rows;
  } finally {
    await db.client.releaseConnection(connection);
  }
}

@Module({
  imports: [ReportsModule.forRoot({ auth: { secret: process.env.JWT_SECRET! }, database: query, messages })],
})
export class AppModule {}
