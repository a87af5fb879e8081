import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { MessagesOptions } from '@chat-reports/nestjs';
import { openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { PROJECT, settings } from '../support/run';

const COLUMNS = { organization: { value: '1' }, channel: null, createdAt: 'sent' };
const AT = '2023-01-15T10:00:00.000Z';

/** Writes a Date as a backend does, and prints what the module would log. */
const BACKEND = `
  const { inspectMessages } = require('@chat-reports/nestjs');
  const { DataSource } = require('typeorm');
  (async () => {
    const { url, at, messages } = JSON.parse(process.env.GIVEN);
    const options = { type: 'postgres', url, extra: { options: '-c timezone=UTC' } };
    const dataSource = await new DataSource(options).initialize();
    await dataSource.query("insert into events (id, session_id, sent) values (1, 's', $1)", [new Date(at)]);
    console.log(JSON.stringify((await inspectMessages(dataSource, messages)).warnings));
    await dataSource.destroy();
  })();`;

describe('a backend', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await TestDatabase.create();
    await database.dataSource.query(`
      create table events (id integer, session_id text, sent timestamp);
      create index on events (sent)`);
  });
  afterEach(() => database.drop());

  async function run(zone: string): Promise<string[]> {
    const messages: MessagesOptions = { table: 'events', columns: COLUMNS };
    const env = settings({ TZ: zone, GIVEN: JSON.stringify({ url: database.url, at: AT, messages }) });
    const { stdout } = await promisify(execFile)('node', ['-e', BACKEND], { cwd: PROJECT, env });
    return JSON.parse(stdout) as string[];
  }

  async function lastMessageAt(createdAt: NonNullable<MessagesOptions['columns']>['createdAt']) {
    const { service, close } = await openAvailability(database.url, {
      messages: { table: 'events', columns: { ...COLUMNS, createdAt } },
    });
    const current = await service.current({ organizationId: '1' });
    await close();
    return current.state === 'no_data' ? undefined : current.lastMessageAt.toISOString();
  }

  it('in Berlin writes local times, and is told how to have them read', async () => {
    const [warning, ...others] = await run('Europe/Berlin');
    expect(others).toEqual([]);
    expect(warning).toContain('the time zone of this process is Europe/Berlin');
    expect(await lastMessageAt('sent')).toBe('2023-01-15T11:00:00.000Z');
    const [, column, timeZone] = /If they are local times, .* \{ column: '(.*?)', timeZone: '(.*?)' \};/.exec(
      warning!,
    )!;
    expect(await lastMessageAt({ column: column!, timeZone: timeZone! })).toBe(AT);
  });

  it('in UTC writes times that are read as they are', async () => {
    expect(await run('UTC')).toEqual([]);
    expect(await lastMessageAt('sent')).toBe(AT);
  });
});
