import { Client } from 'pg';

/**
 * Connects to a database once.
 *
 * @param setting the name of the setting that holds the URL
 * @throws Error naming the setting if the URL cannot be used or the database cannot be reached
 */
export async function checkConnection(setting: string, url: string, timeoutMs: number): Promise<void> {
  try {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
    // The next connection reports a failure of this one.
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
  } catch (error) {
    throw new Error(`${setting}: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Checks what can be known of a database without connecting to it.
 *
 * @param setting the name of the setting that holds the URL
 * @throws Error naming the setting if the URL, or a file that it names, cannot be used
 */
export function checkUrl(setting: string, url: string): void {
  try {
    new Client({ connectionString: url });
  } catch (error) {
    throw new Error(`${setting}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The message of an error. If a host has several addresses and connecting to each of them fails, only the errors inside have messages. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
