import type { Socket } from 'node:net';

/** A connection of pg, with the parts that its types leave out. */
export interface PostgresClient {
  host: string;
  port: number;
  /** Identify the connection in a cancel request. */
  processID: number;
  secretKey: number;
  connection: { stream: Socket };
  /** Returns the result of each statement, if there are several. */
  query(statements: string): Promise<unknown>;
  end(): Promise<void>;
}
