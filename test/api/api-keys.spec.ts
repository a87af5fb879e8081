import { ApiKeyService } from '../../src/auth/api-key.service';
import { AddApiKeyScope1764100000000 } from '../../src/database/migrations/1764100000000-add-api-key-scope';
import { createLogger } from '../../src/logging/logger';
import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { LogLines } from '../support/log';
import { useProduct } from '../support/product';
import { DatabaseProxy } from '../support/proxy';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

describe('an API key', () => {
  const product = useProduct();
  const service = () => new ApiKeyService(product.database.dataSource);
  const make = (organizationId = '123456', expiresAt?: Date) =>
    service().create({ organizationId, name: 'Grafana', expiresAt });
  const statusFor = async (key: string, backend = product.backend, organizationId = '123456') =>
    (await backend.report(JANUARY, { authorization: `Bearer ${key}`, organizationId })).status;

  it('reads the reports of its organization, as a token does', async () => {
    await product.database.insert([{ at: '2023-01-02T10:00:00Z' }, { at: '2023-01-02T10:47:00Z' }]);
    const { key } = await make();
    expect(key).toMatch(/^cr_[\w-]{43}$/);
    for (const below of [undefined, '/breakdown', '/current'] as const) {
      const query = below === '/current' ? {} : JANUARY;
      const answer = await product.backend.report(query, { below, authorization: `Bearer ${key}` });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual((await product.backend.report(query, { below })).body);
    }
  });

  it('reads nothing of another organization', async () => {
    const { key } = await make('other');
    expect(await statusFor(key)).toBe(403);
    expect(await statusFor(key, product.backend, 'other')).toBe(200);
  });

  it('is stored only as a hash', async () => {
    const { key } = await make();
    const rows: unknown = await product.database.dataSource.query('select a::text as text from api_keys a');
    expect(JSON.stringify(rows)).not.toContain(key.slice(3, 20));
    expect(JSON.stringify(await service().list())).not.toContain('hash');
  });

  it.each([
    ['of the right form that was never made', `cr_${'a'.repeat(43)}`],
    ['with a character less', 'cr_abc'],
    ['of another kind', 'YOUR_API_KEY'],
    ['with SQL in it', "cr_'or'1'='1"],
  ])('%s is refused', async (_name, key) => {
    expect(await statusFor(key)).toBe(401);
  });

  it('whose last letter was changed is refused', async () => {
    const { key } = await make();
    const last = key.at(-1) === 'A' ? 'E' : 'A';
    expect(await statusFor(key.slice(0, -1) + last)).toBe(401);
  });

  it('is refused once it has expired', async () => {
    const { key, id } = await make('123456', new Date(Date.now() + 600_000));
    expect(await statusFor(key)).toBe(200);
    await product.database.dataSource.query('update api_keys set expires_at = now() where id = $1', [id]);
    expect(await statusFor(key)).toBe(401);
  });

  it('that is revoked is refused at once, on every instance', async () => {
    const other = await Backend.start({ databaseUrl: product.database.url });
    const [{ key, id }, kept] = [await make(), await make()];
    expect(await Promise.all([statusFor(key), statusFor(key, other)])).toEqual([200, 200]);
    expect(await service().revoke(id)).toMatchObject({ id, organizationId: '123456', name: 'Grafana' });
    expect(await Promise.all([statusFor(key), statusFor(key, other)])).toEqual([401, 401]);
    expect(await Promise.all([statusFor(kept.key), statusFor(kept.key, other)])).toEqual([200, 200]);
    await other.close();
    expect(await service().revoke(id)).toBeUndefined();
  });

  it('records when it was last used', async () => {
    const { key, id } = await make();
    const lastUse = async () => (await service().list()).find((one) => one.id === id)!.lastUsedAt;
    expect(await lastUse()).toBeNull();
    const clock = async () => (await product.database.dataSource.query<[{ now: Date }]>('select now()'))[0].now;
    const before = await clock();
    await statusFor(key);
    const usedAt = await eventually(async () => {
      const at = await lastUse();
      expect(at).not.toBeNull();
      return at!;
    });
    expect(usedAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(usedAt.getTime()).toBeLessThanOrEqual((await clock()).getTime());
  });

  it('allows what its scope allows', async () => {
    const { key } = await service().create({ organizationId: '123456', name: 'a', scope: 'other reports:read' });
    expect(await statusFor(key)).toBe(200);
    const other = await service().create({ organizationId: '123456', name: 'b', scope: 'other' });
    expect(await statusFor(other.key)).toBe(403);
  });

  it('created before there were scopes, or by an older version without one, keeps working', async () => {
    const own = await TestDatabase.create();
    const keys = new ApiKeyService(own.dataSource);
    const { key } = await keys.create({ organizationId: '123456', name: 'old', scope: 'other' });
    const migration = new AddApiKeyScope1764100000000();
    const runner = own.dataSource.createQueryRunner();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    expect(await keys.findPrincipal(key)).toMatchObject({ scopes: ['reports:read'] });
    await own.drop();
  });

  it('leaves a line in the log when it is used, at most once a minute and without the key', async () => {
    const lines = new LogLines();
    const log = createLogger('info', lines);
    const backend = await Backend.start({ databaseUrl: product.database.url, log });
    const { key, id } = await make();
    const uses = () => lines.entries.filter(({ msg }) => msg === 'API key used');
    expect(await statusFor(key, backend)).toBe(200);
    await eventually(() => expect(uses()).toHaveLength(1));
    expect(uses()).toMatchObject([{ level: 'info', keyId: id, organization: '123456', name: 'Grafana' }]);
    expect(await statusFor(key, backend)).toBe(200);
    await backend.close();
    expect(uses()).toHaveLength(1);
    expect(lines.all).not.toContain(key);
  });

  it('that cannot be looked up is neither refused nor accepted: 503 with Retry-After', async () => {
    const proxy = await DatabaseProxy.open(product.database.url);
    const backend = await Backend.start({ databaseUrl: proxy.url });
    const { key } = await make();
    await proxy.cut();
    for (const url of [
      `/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31`,
      '/backend/access',
    ]) {
      const response = await fetch(backend.url + url, { headers: { authorization: `Bearer ${key}` } });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
    }
    await proxy.mend();
    expect(await statusFor(key, backend)).toBe(200);
    await backend.close();
    await proxy.close();
  });
});

describe('what a token may read', () => {
  const product = useProduct();
  const ask = (authorization?: string) =>
    fetch(`${product.backend.url}/backend/access`, { headers: authorization ? { authorization } : {} });

  it('is told to anyone who presents the token', async () => {
    const { key } = await new ApiKeyService(product.database.dataSource).create({ organizationId: 'acme', name: 'a' });
    expect(await (await ask(`Bearer ${key}`)).json()).toEqual({ organization_ids: ['acme'], scopes: ['reports:read'] });
    const answer = await ask(`Bearer ${token({ org_id: ['a', 'b'], scope: 'x' })}`);
    expect(await answer.json()).toEqual({ organization_ids: ['a', 'b'], scopes: ['x'] });
  });

  it.each([
    ['nobody', undefined],
    ['what is no token', 'Bearer x'],
    ['an expired token', `Bearer ${token({ exp: 1 })}`],
  ])('is not told to %s', async (_name, authorization) => {
    expect((await ask(authorization)).status).toBe(401);
  });
});
