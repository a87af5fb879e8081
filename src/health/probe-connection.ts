import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client, type QueryResultRow } from 'pg';

/** Just below the timeout of Kubernetes' probes, which is one second by default. */
export const PROBE_TIMEOUT_MS = 900;

/** How long the client waits for the server to cancel a statement after its timeout. */
const CANCEL_GRACE_MS = 1_000;

/**
 * The probes' own connection to the database that reports are read from. The pool may be exhausted by reports, which does not
 * mean that the database is away. It is opened when it is first needed, and again after it has failed.
 */
@Injectable()
export class ProbeConnection implements OnApplicationShutdown {
  private opening?: Promise<Client>;

  constructor(private readonly url: string | undefined) {}

  /** @throws Error if the database is unreachable or does not answer in time */
  async query<Row extends QueryResultRow>(statement: string, parameters: unknown[]): Promise<Row[]> {
    const opening = (this.opening ??= this.open());
    try {
      return await queryInTime<Row>(await opening, statement, parameters);
    } catch (error) {
      // Its transaction has failed, if it is of any use at all.
      await this.close();
      throw error;
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private async open(): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      application_name: 'chat-reports probe',
      connectionTimeoutMillis: PROBE_TIMEOUT_MS,
      query_timeout: PROBE_TIMEOUT_MS + CANCEL_GRACE_MS,
    });
    client.on('error', () => (this.opening = undefined));
    await client.connect();
    return client;
  }

  private async close(): Promise<void> {
    const { opening } = this;
    this.opening = undefined;
    await opening?.then((client) => void client.end().catch(() => undefined)).catch(() => undefined);
  }
}

/** The server cancels the statement after the timeout. A pooler passes on a timeout of the transaction, and no other. */
async function queryInTime<Row extends QueryResultRow>(
  client: Client,
  statement: string,
  parameters: unknown[],
): Promise<Row[]> {
  await client.query(`begin read only; set local statement_timeout = ${PROBE_TIMEOUT_MS}`);
  const { rows } = await client.query<Row>(statement, parameters);
  await client.query('commit');
  return rows;
}
