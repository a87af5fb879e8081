import type { MessagesOptions } from '@chat-reports/nestjs';
import type { DataSource } from 'typeorm';
import type { TestMessage } from './database';

/** A message of a stream in a table of another backend. `micros` are microseconds within its millisecond. */
export interface MappedMessage extends Required<TestMessage> {
  micros: number;
  isExcluded: boolean;
}

/** A table of another backend, and how the words of a stream are written in it. */
export interface MappedTable {
  name: string;
  options: MessagesOptions;
  /** What makes it, with its indexes. */
  create: string;
  /** Columns in the order of `row`. */
  insert: string;
  row(message: MappedMessage): unknown[];
  organization(word: string): string;
  /** Undefined if there are no channels. */
  channel?(word: string): string | null;
  session(word: string): string;
  isFiner: boolean;
}

const time = ({ at, micros }: MappedMessage, isFiner: boolean, zone: string) =>
  new Date(at).toISOString().replace('Z', (isFiner ? String(micros).padStart(3, '0') : '') + zone);
const uuid = (word: string) => `${word.codePointAt(0)!.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const numbers: Record<string, string> = { a: '7', b: '-3', c: '2147483647', web: '1', mail: '2', none: '3' };

/** A number in the order of the ids. */
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
    // The names of these columns are also those of the statement's own.
    create: `create table chat_messages (previous numeric primary key, account_id integer, inbox_id integer,
        conversation_id bigint, at timestamp, kind smallint, deleted_at timestamptz);
      create index on chat_messages (account_id, at); create index on chat_messages (account_id, inbox_id, at, previous)`,
    insert: 'chat_messages (account_id, inbox_id, conversation_id, at, previous, kind, deleted_at)',
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
    insert: '"My ""Chat"""."Message" ("organizationId", "Channel", session, "sent At", id)',
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
    insert: 'channels (team, channel, thread, created_at, id)',
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
    insert: 'hop (organization_id, session_id, created_at, id)',
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
];

/** Writes messages into the table, which has to be empty. */
export async function insertMapped(
  dataSource: DataSource,
  table: MappedTable,
  messages: MappedMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((message) => table.row(message));
  let count = 0;
  const places = rows.map((row) => `(${row.map(() => `$${++count}`).join(', ')})`);
  await dataSource.query(`insert into ${table.insert} values ${places.join(', ')}`, rows.flat());
}

/** The same messages as the plainest reading of the rules takes them: in the words of the table, in its order. */
export function expectedMessages(table: MappedTable, messages: MappedMessage[]): Required<TestMessage>[] {
  const isLeftOut = ({ isExcluded }: MappedMessage) => isExcluded && table.options.filter !== undefined;
  return messages
    .filter((message) => !isLeftOut(message))
    .map((message) => ({
      at: message.at,
      organizationId: table.organization(message.organizationId),
      channel: table.channel?.(message.channel) ?? '(none)',
      sessionId: table.session(message.sessionId),
      id: (table.isFiner ? String(message.micros).padStart(3, '0') : '') + message.id,
    }));
}
