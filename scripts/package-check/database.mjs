import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import pg from 'pg';
import { PROJECT, run } from './run.mjs';

const require = createRequire(import.meta.url);

/** A conversation of account 7 with a gap of 32 minutes. In the gap is a notice, which the filter excludes. */
const MESSAGES = `
  create table messages (id bigserial primary key, account_id integer not null, inbox_id integer,
    conversation_id integer not null, message_type smallint not null, created_at timestamp not null);
  create index on messages (account_id, created_at, id);
  create index on messages (account_id, inbox_id, created_at, id);
  insert into messages (account_id, inbox_id, conversation_id, message_type, created_at) values
    (7, 1, 42, 0, '2023-01-15 10:28:00'), (7, 1, 42, 2, '2023-01-15 10:45:00'), (7, 1, 42, 1, '2023-01-15 11:00:00')`;

/** Two gaps of team 7, of five and of six minutes, in the table of the examples with a login of their own. */
const EVENTS = `
  create table events (id bigserial primary key, team integer, thread text, created_at timestamptz);
  insert into events (team, thread, created_at) values
    (7, 't1', '2023-01-15 10:00:00Z'), (7, null, '2023-01-15 10:05:00Z'), (7, 't2', '2023-01-15 10:11:00Z')`;

/** Makes a database with messages, on the server at DATABASE_URL or on an embedded one in a folder. */
export async function openDatabase(folder) {
  const server = process.env.DATABASE_URL ? undefined : await openEmbedded(folder);
  const administration = process.env.DATABASE_URL ?? server.url;
  const url = new URL(administration);
  url.pathname = `/chat_reports_package_${randomUUID().replaceAll('-', '')}`;
  await query(administration, `create database ${url.pathname.slice(1)}`);
  await query(url.href, `${MESSAGES}; ${EVENTS}`);
  const close = async () => {
    await query(administration, `drop database ${url.pathname.slice(1)} with (force)`);
    await server?.close();
  };
  return { url: url.href, close };
}

/** Opens the host's embedded PostgreSQL, which has to be compiled first. */
async function openEmbedded(folder) {
  await run(PROJECT, 'npx', ['tsc', '--build']);
  const { EmbeddedPostgres } = require('../../dist/embedded-postgres/embedded-postgres.js');
  const { makeDataDirectory } = require('../../dist/embedded-postgres/data-directory.js');
  return EmbeddedPostgres.open(makeDataDirectory(join(folder, 'data')));
}

async function query(connectionString, statement) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
