import { setTimeout as sleep } from 'node:timers/promises';
import { ApiKeyService } from '../src/api-keys/api-key.service';
import { Backend, token } from './support/backend';
import { useProduct } from './support/product';
import { DatabaseProxy } from './support/proxy';

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

  it('is kept as a hash only', async () => {
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

  it('that was changed in its last letter is refused', async () => {
    const { key } = await make();
    const last = key.at(-1) === 'A' ? 'E' : 'A';
    expect(await statusFor(key.slice(0, -1) + last)).toBe(401);
  });

  it('is refused from its end on', async () => {
    const { key } = await make('123456', new Date(Date.now() + 1_500));
    expect(await statusFor(key)).toBe(200);
    await sleep(1_600);
    expect(await statusFor(key)).toBe(401);
  });

  it('that is revoked is refused at once, on every instance', async () => {
    const other = await Backend.start({ databaseUrl: product.database.url });
    const [{ key, id }, kept] = [await make(), await make()];
    expect(await Promise.all([statusFor(key), statusFor(key, other)])).toEqual([200, 200]);
    expect(await service().revoke(id)).toBe(true);
    expect(await Promise.all([statusFor(key), statusFor(key, other)])).toEqual([401, 401]);
    expect(await Promise.all([statusFor(kept.key), statusFor(kept.key, other)])).toEqual([200, 200]);
    await other.close();
    expect(await service().revoke(id)).toBe(false);
  });

  it('remembers when it was used last', async () => {
    const { key, id } = await make();
    const lastUse = async () => (await service().list()).find((one) => one.id === id)!.lastUsedAt;
    expect(await lastUse()).toBeNull();
    const askedAt = Date.now();
    await statusFor(key);
    for (let wait = 0; wait < 200 && (await lastUse()) === null; wait++) await sleep(20);
    expect(Math.abs((await lastUse())!.getTime() - askedAt)).toBeLessThan(5_000);
  });

  it('that cannot be looked up is neither refused nor taken: 503 with Retry-After', async () => {
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

  it('is told to who brings it', async () => {
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
