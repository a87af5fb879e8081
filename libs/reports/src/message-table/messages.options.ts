/** Which messages are reported on. The library only reads them. */
export interface MessagesOptions {
  /** Default: the `schema` of the data source; without one, the search path decides. */
  schema?: string;
  /** A table or a view; default `messages`. */
  table?: string;
  /**
   * Instead of a table, what follows FROM in SQL: `'articles a join tickets t on t.id = a.ticket_id'`. Columns are then SQL too:
   * `'t.organization_id'`.
   */
  from?: string;
  /** Columns that differ from the defaults. */
  columns?: MessageColumns;
  /** Which rows count as messages; default: all of them. */
  filter?: MessageFilter;
  /**
   * How far a streaming replica may lag behind when messages are read from it, in milliseconds. Behind a later one reports are
   * unavailable; default: it is not checked.
   */
  maximumReplicaLagMs?: number;
  /**
   * Time after which the database cancels a statement, in milliseconds, or 0 for never; default: the `statement_timeout` of the
   * connection, or 30,000 if it has none. It is set in each transaction, which works behind a connection pooler too.
   */
  statementTimeoutMs?: number;
}

/** The name of a column, or SQL: `{ sql: "payload->>'channel'" }`. SQL is written by the application, never taken from a request. */
export type MessageColumn = string | { sql: string };

/**
 * The column that holds when a message was sent, if it is no `timestamptz` and no `timestamp` in UTC: numbers of milliseconds or
 * seconds since 1970, or a `timestamp` in the local time of a zone.
 */
export type MessageTimeColumn =
  | { column: MessageColumn; epoch: 'ms' | 's'; timeZone?: undefined }
  | { column: MessageColumn; timeZone: string; epoch?: undefined };

/** The columns that reports read. */
export interface MessageColumns {
  /**
   * The organization that a message belongs to: smallint, integer, bigint, uuid, text, varchar or an enum; default
   * `organization_id`. `{ value: 'acme' }` means that all messages belong to that one.
   */
  organization?: MessageColumn | { value: string };
  /**
   * The channel that a message was sent on, of one of the same types; default `channel`. Messages with a null channel
   * belong to no channel. Set it to null if there is no such column.
   */
  channel?: MessageColumn | null;
  /** The conversation that a message belongs to, of any type; default `session_id`. A null is reported as `''`. */
  session?: MessageColumn;
  /** When a message was sent: `timestamptz`, or `timestamp` in UTC, truncated to milliseconds; default `created_at`. */
  createdAt?: MessageColumn | MessageTimeColumn;
  /** Orders messages sent at the same instant; any type with an order; default `id`. */
  id?: MessageColumn;
}

/**
 * A condition on the table's columns, in the form of TypeORM's `where(sql, parameters)`:
 * `{ where: 'message_type in (:...types) and deleted_at is null', parameters: { types: [0, 1] } }`.
 */
export interface MessageFilter {
  /** SQL written by the application, never taken from a request. `:name` stands for a value, `:...name` for an array. */
  where: string;
  /** The values by name, sent as bound parameters. */
  parameters?: Record<string, unknown>;
}

/** Injection token of the `messages` option. */
export const MESSAGES_OPTIONS = Symbol('MESSAGES_OPTIONS');
