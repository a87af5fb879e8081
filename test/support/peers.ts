import type { MessagesOptions } from '@chat-reports/nestjs';

/** A helpdesk or chat whose tables are reported on as they are. */
export interface Peer {
  name: string;
  options: MessagesOptions;
  /** Its tables in a schema of their own, in their published form, without the columns that do not matter here. */
  create: string;
  /** Fills them from `stream`, some of whose rows must not count. */
  fill: string;
  tables: string[];
  /** Their messages as `organization`, `channel`, `session`, `at`, `ms` and `id`, in the plainest SQL. */
  plain: string;
  organizations: string[];
}

/** The rows that each peer stores in its own form; `us` are microseconds since 1970. */
export const STREAM =
  'create table stream (number integer, us bigint, organization integer, channel integer, session integer, is_excluded boolean)';

const TIMESTAMP = `timestamp '1970-01-01' + us * interval '1 microsecond'`;
const MS = (at: string) => `floor(extract(epoch from ${at}) * 1000)::bigint as ms`;
const uuid = (column: string) => `('00000000-0000-4000-8000-' || lpad((${column})::text, 12, '0'))::uuid`;

export const PEERS: Peer[] = [
  {
    name: 'Chatwoot',
    options: {
      schema: 'chatwoot',
      columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' },
      filter: { where: 'message_type <> :activity', parameters: { activity: 2 } },
    },
    create: `
      create table chatwoot.messages (id serial primary key, content text, account_id integer not null, inbox_id integer not null,
        conversation_id integer not null, message_type integer not null, created_at timestamp not null, private boolean not null);
      create index on chatwoot.messages (account_id, created_at, message_type)`,
    fill: `
      insert into chatwoot.messages (account_id, inbox_id, conversation_id, message_type, created_at, private)
      select organization, channel, session, case when is_excluded then 2 else number % 2 end, ${TIMESTAMP}, false
      from stream order by number`,
    tables: ['messages'],
    plain: `
      select account_id::text as organization, inbox_id::text as channel, conversation_id::text as session, created_at as at,
        ${MS('created_at')}, id
      from chatwoot.messages where message_type in (0, 1, 3)`,
    organizations: ['1', '2'],
  },
  {
    name: 'Zulip',
    options: {
      schema: 'zulip',
      table: 'zerver_message',
      columns: { organization: 'realm_id', channel: 'recipient_id', session: 'subject', createdAt: 'date_sent' },
    },
    create: `
      create table zulip.zerver_message (id serial primary key, subject varchar(60) not null, content text, sender_id integer,
        recipient_id integer not null, realm_id integer not null, date_sent timestamptz not null);
      create index on zulip.zerver_message (realm_id, date_sent)`,
    fill: `
      insert into zulip.zerver_message (subject, recipient_id, realm_id, date_sent)
      select 'topic ' || session, channel, organization, (${TIMESTAMP}) at time zone 'UTC' from stream order by number`,
    tables: ['zerver_message'],
    plain: `
      select realm_id::text as organization, recipient_id::text as channel, subject as session, date_sent as at,
        ${MS('date_sent')}, id
      from zulip.zerver_message`,
    organizations: ['1', '2'],
  },
  {
    name: 'Papercups',
    options: {
      from: 'papercups.messages m join papercups.conversations c on c.id = m.conversation_id',
      columns: {
        organization: 'm.account_id',
        channel: 'c.source',
        session: 'm.conversation_id',
        createdAt: 'm.inserted_at',
        id: 'm.id',
      },
      filter: { where: 'not m.private' },
    },
    create: `
      create table papercups.conversations (id uuid primary key, account_id uuid not null, source varchar(255));
      create table papercups.messages (id uuid primary key, body text, account_id uuid not null, private boolean not null,
        conversation_id uuid not null references papercups.conversations, inserted_at timestamp(0) not null);
      create index on papercups.messages (account_id, inserted_at)`,
    fill: `
      insert into papercups.conversations
      select ${uuid('100 * organization + 10 * channel + session')}, ${uuid('organization')}, 'source ' || channel
      from (select distinct organization, channel, session from stream) keys;
      insert into papercups.messages (id, account_id, private, conversation_id, inserted_at)
      select gen_random_uuid(), ${uuid('organization')}, is_excluded, ${uuid('100 * organization + 10 * channel + session')}, ${TIMESTAMP}
      from stream`,
    tables: ['messages', 'conversations'],
    plain: `
      select m.account_id::text as organization, c.source as channel, m.conversation_id::text as session, m.inserted_at as at,
        ${MS('m.inserted_at')}, m.id
      from papercups.messages m, papercups.conversations c where c.id = m.conversation_id and m.private = false`,
    organizations: ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
  },
  {
    name: 'Zammad',
    options: {
      from: 'zammad.ticket_articles a join zammad.tickets t on t.id = a.ticket_id',
      columns: {
        organization: 't.organization_id',
        channel: 't.group_id',
        session: 'a.ticket_id',
        createdAt: 'a.created_at',
        id: 'a.id',
      },
      filter: { where: 'not a.internal' },
    },
    create: `
      create table zammad.tickets (id integer primary key, group_id integer not null, organization_id integer);
      create table zammad.ticket_articles (id serial primary key, ticket_id integer not null references zammad.tickets,
        internal boolean not null, created_at timestamp(3) not null);
      create index on zammad.ticket_articles (created_at)`,
    fill: `
      insert into zammad.tickets
      select distinct 100 * organization + 10 * channel + session, channel, nullif(organization, 2) from stream;
      insert into zammad.ticket_articles (ticket_id, internal, created_at)
      select 100 * organization + 10 * channel + session, is_excluded, ${TIMESTAMP} from stream order by number`,
    tables: ['ticket_articles', 'tickets'],
    plain: `
      select (select organization_id::text from zammad.tickets where id = ticket_id) as organization,
        (select group_id::text from zammad.tickets where id = ticket_id) as channel, ticket_id::text as session,
        created_at as at, ${MS('created_at')}, id
      from zammad.ticket_articles where internal = false`,
    organizations: ['1', '2'],
  },
  {
    name: 'Mattermost',
    options: {
      from: 'mattermost.posts p join mattermost.channels c on c.id = p.channelid',
      columns: {
        organization: 'c.teamid',
        channel: 'p.channelid',
        session: `coalesce(nullif(p.rootid, ''), p.id)`,
        createdAt: { column: 'p.createat', epoch: 'ms' },
        id: 'p.id',
      },
      filter: { where: `p.deleteat = 0 and p.type = ''` },
    },
    create: `
      create table mattermost.channels (id varchar(26) primary key, teamid varchar(26), name varchar(64));
      create table mattermost.posts (id varchar(26) primary key, createat bigint, deleteat bigint, channelid varchar(26),
        rootid varchar(26), type varchar(26));
      create index on mattermost.posts (createat); create index on mattermost.posts (channelid, deleteat, createat)`,
    fill: `
      insert into mattermost.channels
      select distinct 'channel ' || organization || channel, 'team ' || organization, channel::text from stream;
      insert into mattermost.posts
      select 'post ' || number, us / 1000, case when is_excluded and number % 2 = 0 then us / 1000 + 9 else 0 end,
        'channel ' || organization || channel, case session when 1 then '' else 'root ' || session end,
        case when is_excluded and number % 2 = 1 then 'system_join_channel' else '' end
      from stream`,
    tables: ['posts', 'channels'],
    plain: `
      select teamid as organization, channelid as channel, case rootid when '' then p.id else rootid end as session,
        createat as at, createat as ms, p.id
      from mattermost.channels c left join mattermost.posts p on p.channelid = c.id
      where deleteat = 0 and type not like 'system%'`,
    organizations: ['team 1', 'team 2'],
  },
  {
    name: 'Synapse',
    options: {
      schema: 'synapse',
      table: 'events',
      columns: {
        organization: { value: 'chat.example.org' },
        channel: 'room_id',
        session: 'sender',
        createdAt: { column: 'origin_server_ts', epoch: 'ms' },
        id: 'stream_ordering',
      },
      filter: { where: 'type in (:...types)', parameters: { types: ['m.room.message', 'm.room.encrypted'] } },
    },
    create: `
      create table synapse.events (stream_ordering bigint primary key, event_id text not null, type text not null,
        room_id text not null, sender text, origin_server_ts bigint not null)`,
    fill: `
      insert into synapse.events
      select number, '$' || number, case when is_excluded then 'm.reaction' when number % 2 = 0 then 'm.room.message' else 'm.room.encrypted' end,
        '!' || channel || ':chat.example.org', '@' || session || ':chat.example.org', us / 1000
      from stream`,
    tables: ['events'],
    plain: `
      select 'chat.example.org' as organization, room_id as channel, sender as session, origin_server_ts as at,
        origin_server_ts as ms, stream_ordering as id
      from synapse.events where type like 'm.room%'`,
    organizations: ['chat.example.org', 'example.org'],
  },
];
