import type { MessagesOptions } from '@chat-reports/nestjs';
import type { DataSource } from 'typeorm';
import type { TestMessage } from './database';

/** A message of a stream in a table of another backend. `micros` are microseconds within its millisecond. */
export interface MappedMessage extends Required<TestMessage> {
  micros: number;
  isExcluded: boolean;
}

/** A table of another backend, and how the names in a stream are written in it. */
export interface MappedTable {
  name: string;
  options: MessagesOptions;
  /** The statements that create it, with its indexes. */
  create: string;
  /** Its name in SQL. */
  sql: string;
  /** In the order of `row`. */
  columns: string;
  row(message: MappedMessage): unknown[];
  organization(word: string): string;
  /** The organization of all messages, whatever the stream says. */
  onlyOrganization?: string;
  /** Undefined if there are no channels. */
  channel?(word: string): string | null;
  session(word: string): string;
  isFiner: boolean;
}

const time = ({ at, micros }: MappedMessage, isFiner: boolean, zone: string) =>
  new Date(at).toISOString().replace('Z', (isFiner ? String(micros).padStart(3, '0') : '') + zone);
const uuid = (word: string) => `${word.codePointAt(0)!.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const numbers: Record<string, string> = { a: '7', b: '-3', c: '2147483647', web: '1', mail: '2', none: '3' };

/** Converts an id to a number, keeping the order. */
const number = (id: string) => BigInt(`0x${id.replaceAll('-', '')}`).toString();

export const MAPPED_TABLES: MappedTable[] = [
  {
    name: 'integers, timestamp to the microsecond, channel null, filter',
    options: {
      table: 'chat_messages',
      columns: {
        organization: 'account_id',
        channel: 'inbox_id',
        session: 'conversation_id',
        createdAt: 'at',
        id: 'previous',
      },
      filter: {
        where: `kind in (:...kinds) and deleted_at is null or 'it''s :not' = '' -- no more`,
        parameters: { kinds: [0, 1] },
      },
    },
    // The statements themselves use the same names for columns of their own.
    create: `create table chat_messages (previous numeric primary key, account_id integer, inbox_id integer,
        conversation_id bigint, at timestamp, kind smallint, deleted_at timestamptz);
      create index on chat_messages (account_id, at); create index on chat_messages (account_id, inbox_id, at, previous)`,
    sql: 'chat_messages',
    columns: 'account_id, inbox_id, conversation_id, at, previous, kind, deleted_at',
    row: (message) => [
      numbers[message.organizationId],
      numbers[message.channel] ?? null,
      message.sessionId.slice(1),
      time(message, true, ''),
      number(message.id),
      message.isExcluded && message.micros % 2 ? 2 : message.micros % 2,
      message.isExcluded && !(message.micros % 2) ? new Date() : null,
    ],
    organization: (word) => numbers[word]!,
    channel: (word) => numbers[word] ?? null,
    session: (word) => word.slice(1),
    isFiner: true,
  },
  {
    name: 'uuids and varchar, timestamptz to the microsecond, names to quote, a schema, session null',
    options: {
      schema: 'My "Chat"',
      table: 'Message',
      columns: { organization: 'organizationId', channel: 'Channel', session: 'session', createdAt: 'sent At' },
    },
    create: `create schema "My ""Chat""";
      create table "My ""Chat"""."Message" ("organizationId" uuid, "Channel" varchar(20), session varchar, "sent At" timestamptz, id uuid);
      create index on "My ""Chat"""."Message" ("organizationId", "sent At", id);
      create index on "My ""Chat"""."Message" ("organizationId", "Channel", "sent At", id)`,
    sql: '"My ""Chat"""."Message"',
    columns: '"organizationId", "Channel", session, "sent At", id',
    row: (message) => [
      uuid(message.organizationId),
      message.channel,
      message.sessionId === 's3' ? null : message.sessionId,
      time(message, true, 'Z'),
      message.id,
    ],
    organization: uuid,
    channel: (word) => word,
    session: (word) => (word === 's3' ? '' : word),
    isFiner: true,
  },
  {
    name: 'bigint and an enum, timestamp to the millisecond',
    options: { table: 'channels', columns: { organization: 'team', session: 'thread' } },
    create: `create type channel as enum ('web', '', 'mail', 'none');
      create table channels (team bigint, channel channel, thread uuid, created_at timestamp(3), id text);
      create index on channels (team, created_at, id); create index on channels (team, channel, created_at, id)`,
    sql: 'channels',
    columns: 'team, channel, thread, created_at, id',
    row: (message) => [
      numbers[message.organizationId],
      message.channel,
      uuid(message.sessionId.slice(1)),
      time(message, false, ''),
      message.id,
    ],
    organization: (word) => numbers[word]!,
    channel: (word) => word,
    session: (word) => uuid(word.slice(1)),
    isFiner: false,
  },
  {
    name: 'text, no channel, called like a part of the statement',
    options: { table: 'hop', columns: { channel: null } },
    create: `create table hop (organization_id text, session_id integer, created_at timestamptz(3), id numeric);
      create index on hop (organization_id, created_at desc)`,
    sql: 'hop',
    columns: 'organization_id, session_id, created_at, id',
    row: (message) => [
      message.organizationId,
      message.sessionId.slice(1),
      time(message, false, 'Z'),
      number(message.id),
    ],
    organization: (word) => word,
    session: (word) => word.slice(1),
    isFiner: false,
  },
  {
    name: 'one organization, epoch milliseconds, channel and session in JSON',
    options: {
      table: 'Events',
      columns: {
        organization: { value: 'a' },
        channel: { sql: `"Payload"->>'channel'` },
        session: { sql: `("Payload"->'at')::integer` },
        createdAt: { column: 'create_at', epoch: 'ms' },
      },
      filter: { where: 'deleted_at = :never', parameters: { never: 0 } },
    },
    create: `create table "Events" (id uuid, "Payload" jsonb, create_at bigint, deleted_at bigint)`,
    sql: '"Events"',
    columns: 'id, "Payload", create_at, deleted_at',
    row: ({ id, channel, sessionId, at, isExcluded }) => [
      id,
      { channel: channel === 'none' ? null : channel, at: Number(sessionId.slice(1)) },
      Number(at),
      isExcluded ? 1 : 0,
    ],
    organization: (word) => word,
    onlyOrganization: 'a',
    channel: (word) => (word === 'none' ? null : word),
    session: (word) => word.slice(1),
    isFiner: false,
  },
  {
    name: 'epoch seconds with microseconds, no channel',
    options: { table: 'events', columns: { channel: null, createdAt: { column: 'ts', epoch: 's' } } },
    create: `create table events (organization_id text, session_id text, ts numeric(16, 6), id uuid);
      create index on events (organization_id, ts, id)`,
    sql: 'events',
    columns: 'organization_id, session_id, ts, id',
    row: (message) => [
      message.organizationId,
      message.sessionId,
      `${Math.floor(Number(message.at) / 1000)}.${String(Number(message.at) % 1000).padStart(3, '0')}${String(message.micros).padStart(3, '0')}`,
      message.id,
    ],
    organization: (word) => word,
    session: (word) => word,
    isFiner: true,
  },
  {
    name: 'a join whose names are those of the statement, and a filter',
    options: {
      from: 'step join routes channels on channels.key = step.key left join sample gap on gap.at = step.at',
      columns: {
        organization: 'channels.organization',
        channel: 'channels.name',
        session: 'step.previous',
        createdAt: `step.at at time zone 'Asia/Tokyo'`,
        id: 'step.id',
      },
      filter: { where: 'step.until <> :until and gap.at is null', parameters: { until: 'x' } },
    },
    create: `create table sample (at timestamp); insert into sample values (null);
      create table step (key text, previous text, at timestamp, id uuid, until text);
      create table routes (key text primary key, organization integer, name text);
      insert into routes
      select organization || '/' || channel, number, channel
      from (values ('a', 7), ('b', -3), ('c', 2147483647)) organizations (organization, number),
        (values ('web'), ('mail'), (''), ('none')) names (channel)`,
    sql: 'step',
    columns: 'key, previous, at, id, until',
    row: (message) => [
      `${message.organizationId}/${message.channel}`,
      message.sessionId,
      time({ ...message, at: Number(message.at) + 9 * 3_600_000 }, true, ''),
      message.id,
      message.isExcluded ? 'x' : 'y',
    ],
    organization: (word) => numbers[word]!,
    channel: (word) => word,
    session: (word) => word,
    isFiner: true,
  },
  {
    name: 'times in the local time of Tokyo',
    options: { table: 'talk', columns: { createdAt: { column: 'said', timeZone: 'Asia/Tokyo' } } },
    create: `create table talk (organization_id text, channel text, session_id text, said timestamp(3), id uuid)`,
    sql: 'talk',
    columns: 'organization_id, channel, session_id, said, id',
    row: (message) => [
      message.organizationId,
      message.channel,
      message.sessionId,
      time({ ...message, at: Number(message.at) + 9 * 3_600_000 }, false, ''),
      message.id,
    ],
    organization: (word) => word,
    channel: (word) => word,
    session: (word) => word,
    isFiner: false,
  },
];

/** Replaces all messages of the table. */
export async function replaceMapped(
  dataSource: DataSource,
  table: MappedTable,
  messages: MappedMessage[],
): Promise<void> {
  await dataSource.query(`truncate ${table.sql}`);
  if (messages.length === 0) return;
  const rows = messages.map((message) => table.row(message));
  let count = 0;
  const places = rows.map((row) => `(${row.map(() => `$${++count}`).join(', ')})`);
  await dataSource.query(`insert into ${table.sql} (${table.columns}) values ${places.join(', ')}`, rows.flat());
}

/** The same messages in the form that the oracle takes: with the names that the table has, in its order. */
export function expectedMessages(table: MappedTable, messages: MappedMessage[]): Required<TestMessage>[] {
  const isLeftOut = ({ isExcluded }: MappedMessage) => isExcluded && table.options.filter !== undefined;
  return messages
    .filter((message) => !isLeftOut(message))
    .map((message) => ({
      at: message.at,
      organizationId: table.onlyOrganization ?? table.organization(message.organizationId),
      channel: table.channel?.(message.channel) ?? '(none)',
      sessionId: table.session(message.sessionId),
      id: (table.isFiner ? String(message.micros).padStart(3, '0') : '') + message.id,
    }));
}
