import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';

/** Runs a statement on a connection of its own. */
export async function executeOn<Row extends QueryResultRow>(
  url: string,
  statement: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** The URL of the embedded PostgreSQL of a data directory, including its password. */
export function urlOfEmbedded(data: string, password = readFileSync(join(data, 'postgres-password'), 'utf8')): string {
  return `postgres://chat_reports:${password}@${encodeURIComponent(join(data, 'postgres'))}/postgres?sslmode=disable`;
}

/** The URL of another database on the same server. */
export function urlOfDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
