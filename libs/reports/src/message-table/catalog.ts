import type { MessageDatabase } from '../database/message-database';
import type { MessagesOptions } from './messages.options';

/** Reads from the catalog of the database. */
export type Catalog = <Row>(text: string, values: unknown[], settings?: string[]) => Promise<Row[]>;

/** Reads from the primary, since a replica may not have the table yet, and no longer than the options allow. */
export function catalogOf(database: MessageDatabase, { statementTimeoutMs }: MessagesOptions): Catalog {
  return (text, values, settings) => database.query(text, values, { server: 'master', statementTimeoutMs, settings });
}
