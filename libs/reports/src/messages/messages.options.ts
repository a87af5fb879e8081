/** Where the messages are: the names of a table that exists. The library reads it and never changes it. */
export interface MessagesOptions {
  /** Default: the `schema` of the data source, or where its search path finds the table. */
  schema?: string;
  /** A table or a view; default `messages`. */
  table?: string;
  /** Names of the columns, as far as they are not the default ones. */
  columns?: MessageColumns;
  /** Which rows count as messages; default: all of them. */
  filter?: MessageFilter;
}

/** The columns that a report needs. */
export interface MessageColumns {
  /** Whose the message is: smallint, integer, bigint, uuid, text, varchar or an enum; default `organization_id`. */
  organization?: string;
  /**
   * Where it was sent, of the same types; default `channel`. Messages for which it is null belong to no channel. Give
   * null where the table has no such column.
   */
  channel?: string | null;
  /** Its conversation, of any type; default `session_id`. Where it is null, a report says `''`. */
  session?: string;
  /** When it was sent: `timestamptz`, or `timestamp` in UTC. What is finer than a millisecond is cut; default `created_at`. */
  createdAt?: string;
  /** Orders messages of the same instant, of any type that has an order; default `id`. */
  id?: string;
}

/**
 * A condition on the table's columns, as TypeORM's `where(sql, parameters)` takes it:
 * `{ where: 'message_type in (:...types) and deleted_at is null', parameters: { types: [0, 1] } }`.
 */
export interface MessageFilter {
  /** SQL of the application's own, never of a request. Values stand in it as `:name`, arrays as `:...name`. */
  where: string;
  /** The values, which are sent as bound parameters. */
  parameters?: Record<string, unknown>;
}
