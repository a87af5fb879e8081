/**
 * Three ways to the same downtimes: what the product does, the window function over an index that holds all it reads, and
 * reading the messages into JavaScript. Each is opened on a connection of its own that has run nothing yet.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { AvailabilityService, ReportsModule } from '@chat-reports/nestjs';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import pg from 'pg';
import { Between, DataSource } from 'typeorm';
import { dataSourceOptions } from '../dist/database/data-source.js';

const THRESHOLD_MS = 120_000;

/** The index that serves LAG() best: the messages in order, with the session beside them. The product has no such index. */
export const COVERING_INDEX = `
  create index messages_covering on messages (organization_id, created_at, id) include (session_id)`;

const LAG = `
  select
    (extract(epoch from previous) * 1000)::float8 + ${THRESHOLD_MS} as start_ms,
    (extract(epoch from at) * 1000)::float8 as end_ms,
    session_id
  from (
    select created_at as at, lag(created_at) over in_order as previous, lag(session_id) over in_order as session_id
    from messages
    where organization_id = $1 and created_at between $2 and $3
    window in_order as (order by created_at, id)
  ) pairs
  where at - previous > interval '${THRESHOLD_MS} milliseconds'
  order by at`;

/** The product, through its public API. */
export async function openHop(url) {
  const imports = [
    TypeOrmModule.forRoot(dataSourceOptions(url)),
    ReportsModule.forRoot({ auth: { secret: 'for a module that serves nobody but itself' } }),
  ];
  const application = await NestFactory.createApplicationContext(
    { module: class Bench {}, imports },
    { logger: false },
  );
  const availability = application.get(AvailabilityService, { strict: false });
  return {
    async answer(organizationId, start, end) {
      const { downtimes } = await availability.report({ organizationId, start: new Date(start), end: new Date(end) });
      return downtimes.map(({ start, end, sessionId }) => [start.getTime(), end.getTime(), sessionId]);
    },
    close: () => application.close(),
  };
}

export async function openLag(url) {
  const client = new pg.Client(url);
  await client.connect();
  return {
    async answer(organizationId, start, end) {
      const { rows } = await client.query(LAG, [organizationId, start, end]);
      return rows.map(({ start_ms, end_ms, session_id }) => [start_ms, end_ms, session_id]);
    },
    close: () => client.end(),
  };
}

export async function openFind(url) {
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  return {
    async answer(organizationId, start, end) {
      const createdAt = Between(new Date(start), new Date(end));
      const messages = await dataSource.getRepository('Message').find({
        where: { organizationId, createdAt },
        order: { createdAt: 'asc', id: 'asc' },
      });
      const downtimes = [];
      for (let index = 1; index < messages.length; index++) {
        const [before, after] = [messages[index - 1], messages[index]];
        if (after.createdAt - before.createdAt <= THRESHOLD_MS) continue;
        downtimes.push([before.createdAt.getTime() + THRESHOLD_MS, after.createdAt.getTime(), before.sessionId]);
      }
      return downtimes;
    },
    close: () => dataSource.destroy(),
  };
}

/** Reads the messages into a process of its own, which may run out of memory. */
export async function openFindInProcess(url) {
  const child = fork(join(import.meta.dirname, 'find.process.mjs'), [url], { silent: true });
  await once(child, 'message');
  return {
    async answer(...question) {
      child.send(question);
      const [given] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
      if (!Array.isArray(given)) throw new OutOfMemoryError();
      return given;
    },
    close: () => void child.kill(),
  };
}

/** The process that read the messages has ended before it had an answer. */
export class OutOfMemoryError extends Error {}
