import { randomUUID } from 'node:crypto';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { withDataSource } from '../../src/database/data-source';
import { SECRET, token } from '../support/backend';
import { eventually } from '../support/eventually';
import { sqlOf } from '../support/guide';
import { runCommand, ServerProcess } from '../support/run';
import { executeOn, urlOfDatabase } from '../support/server';

const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';

describe('the roles of the guide to operations', () => {
  const suffix = randomUUID().slice(0, 8);
  const admin = process.env.TEST_DATABASE_URL!;
  const name = `chat_reports_test_${suffix}`;
  const database = urlOfDatabase(admin, name);
  const urlOf = (role: string, password: string) => {
    const url = new URL(database);
    [url.username, url.password] = [`${role}_${suffix}`, password];
    return url.href;
  };
  const owner = urlOf('reports_owner', 'change-me-too');
  const server = urlOf('reports_server', 'change-me');
  const statements = (place: number) => sqlOf('Database roles', place).replaceAll(/reports_\w+/g, `$&_${suffix}`);

  beforeAll(() => executeOn(admin, `create database ${name}`));
  afterAll(async () => {
    await executeOn(admin, `drop database ${name} with (force)`);
    await executeOn(admin, `drop role reports_owner_${suffix}, reports_server_${suffix}`);
  });

  it('migrate, serve and partition, and may do no more', async () => {
    await executeOn(database, statements(0));
    expect(await runCommand('migrate', [], { DATABASE_URL: owner })).toMatchObject({ code: 0, stderr: '' });
    await executeOn(owner, statements(1));
    await executeOn(
      database,
      `insert into messages select '123456', 'web', 's1', at::timestamptz, gen_random_uuid()
       from unnest(array['2023-01-15T10:28:00Z', '2023-01-15T11:00:00Z']) at`,
    );
    const { key } = await withDataSource(database, (dataSource) =>
      new ApiKeyService(dataSource).create({ organizationId: '123456', name: 'test' }),
    );

    const running = await ServerProcess.ready({ DATABASE_URL: server, JWT_SECRET: SECRET });
    const report = async (credentials: string) => {
      const headers = { authorization: `Bearer ${credentials}` };
      return (await (await fetch(new URL(REPORT, running.address), { headers })).json()) as unknown;
    };
    try {
      const expected = expect.objectContaining({ total_down_time: 30 * 60_000 }) as unknown;
      expect(await report(token())).toEqual(expected);
      expect(await report(key)).toEqual(expected);
      await eventually(async () =>
        expect(await executeOn(database, 'select from api_keys where last_used_at is not null')).toHaveLength(1),
      );
      const changed = await fetch(new URL('/backend/reports/123456/schedule', running.address), {
        method: 'PUT',
        headers: { authorization: `Bearer ${token({ scope: 'schedule:write' })}` },
        body: JSON.stringify({ timezone: 'UTC', versions: [{ hours: '24/7' }] }),
      });
      expect(changed.status).toBe(200);
      const deleted = await fetch(new URL('/backend/reports/123456/schedule', running.address), {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token({ scope: 'schedule:write' })}`, 'if-match': '*' },
      });
      expect(deleted.status).toBe(204);
      expect((await fetch(new URL('/health/ready', running.address))).status).toBe(200);
      const partitioned = await runCommand('partition', ['--ahead', '0'], { DATABASE_URL: owner });
      expect(partitioned).toMatchObject({ code: 0, stderr: '' });
      expect(await report(token())).toEqual(expected);
    } finally {
      running.killGroup('SIGTERM');
      await running.exit;
    }
    expect(running.output).not.toMatch(/permission|warn/i);
  });

  it.each([
    'delete from messages',
    `insert into messages values ('a', 'b', 'c', now(), gen_random_uuid())`,
    'truncate messages',
    'update api_keys set revoked_at = null',
    `insert into api_keys (organization_id, name, hash) values ('a', 'b', 'c')`,
    'delete from schedule_changes',
    `update schedule_changes set changed_by = 'somebody else'`,
    'delete from migrations',
    'create table mine ()',
  ])('refuse the server: %s', async (statement) => {
    await expect(executeOn(server, statement)).rejects.toThrow('permission denied');
  });
});
