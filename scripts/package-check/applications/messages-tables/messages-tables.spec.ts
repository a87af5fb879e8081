import { ReportsModule } from '@chat-reports/nestjs';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CASES } from './cases.js';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';

const connect = (url: string) => new DataSource({ type: 'postgres', url }).initialize();

/** The tables and options that the page about messages tables shows, each in a database of its own. */
describe('an application reports on', () => {
  let administration: DataSource;

  beforeAll(async () => {
    administration = await connect(process.env.DATABASE_URL!);
  });
  afterAll(() => administration.destroy());

  it.each(CASES)('“$heading”', async ({ tables, rows, messages, organizationId, channel }) => {
    const name = `chat_reports_tables_${process.pid}_${Date.now()}`;
    await administration.query(`create database ${name}`);
    const url = new URL(process.env.DATABASE_URL!);
    url.pathname = `/${name}`;
    const database = await connect(url.href);
    await database.query(`${tables}; ${rows}`);
    await database.destroy();

    const reports = ReportsModule.forRoot({ auth: { organizations: () => [organizationId] }, messages });
    const imports = [TypeOrmModule.forRoot({ type: 'postgres', url: url.href }), reports];
    const app = (await Test.createTestingModule({ imports }).compile()).createNestApplication();
    // The tables have no indexes yet.
    app.useLogger(false);
    await app.listen(0);
    const query = channel === undefined ? RANGE : `${RANGE}&channel=${channel}`;
    const path = `/backend/reports/${organizationId}/chats/availability?${query}`;
    const response = await fetch((await app.getUrl()) + path);
    expect(await response.json()).toMatchObject({
      down_times: [{ start_time: '2023-01-15T10:30:00Z', end_time: '2023-01-15T11:00:00Z', session_id: '42' }],
    });
    await app.close();
    await administration.query(`drop database ${name} with (force)`);
  });
});
