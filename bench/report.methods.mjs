/**
 * Three methods to find the same downtimes: the product, a window function over a covering index, and reading the
 * messages into JavaScript. Each is opened on a new connection.
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

/** The best index for LAG(): the messages in order, including their sessions. The product has no such index. */
export const COVERING_INDEX = `
  create index messages_covering on messages (organization_id, created_at, id) include (session_id)`;

const LAG = `
  select
    round(date_part('epoch', previous) * 1000) + ${THRESHOLD_MS} as start_ms,
    round(date_part('epoch', at) * 1000) as end_ms,
    session_id
  from (
    select created_at as at, lag(created_at) over in_order as previous, lag(session_id) over in_order as session_id
    from messages
    where organization_id = $1 and created_at between $2 and $3
    window in_order as (order by created_at, id)
  ) pairs
  where at - previous > interval '${THRESHOLD_MS} milliseconds'
  order by at`;

/** A downtime in the form of the library. */
export function toDowntime(startMs, endMs, sessionId) {
  return { start: new Date(startMs), end: new Date(endMs), durationMs: endMs - startMs, sessionId };
}

/** Starts an application with the library, on one database. */
export function openProduct(url) {
  const imports = [
    TypeOrmModule.forRoot(dataSourceOptions(url)),
    ReportsModule.forRoot({ auth: { secret: 'a secret of at least 32 bytes that is never used' } }),
  ];
  return NestFactory.createApplicationContext({ module: class Bench {}, imports }, { logger: false });
}

/** Opens the product, through its public API. */
export async function openSkipScan(url) {
  const application = await openProduct(url);
  const availability = application.get(AvailabilityService, { strict: false });
  return {
    async answer(organizationId, start, end) {
      const { downtimes } = await availability.report({ organizationId, start: new Date(start), end: new Date(end) });
      return downtimes;
    },
    close: () => application.close(),
  };
}

/** Opens the window function. */
export async function openLag(url) {
  const client = new pg.Client(url);
  await client.connect();
  return {
    async answer(organizationId, start, end) {
      const { rows } = await client.query(LAG, [organizationId, start, end]);
      return rows.map(({ start_ms, end_ms, session_id }) => toDowntime(start_ms, end_ms, session_id));
    },
    close: () => client.end(),
  };
}

/** Opens TypeORM's `find` with a loop in JavaScript. */
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
        const startMs = before.createdAt.getTime() + THRESHOLD_MS;
        downtimes.push(toDowntime(startMs, after.createdAt.getTime(), before.sessionId));
      }
      return downtimes;
    },
    close: () => dataSource.destroy(),
  };
}

/** Like `openFind`, but in a separate process, which may run out of memory. */
export async function openFindInProcess(url) {
  const child = fork(join(import.meta.dirname, 'find.process.mjs'), [url], { silent: true, serialization: 'advanced' });
  await once(child, 'message');
  return {
    async answer(...question) {
      child.send(question);
      const [downtimes] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
      if (!Array.isArray(downtimes)) throw new OutOfMemoryError();
      return downtimes;
    },
    close: () => void child.kill(),
  };
}

/** The process that reads the messages exited without an answer. */
export class OutOfMemoryError extends Error {}
