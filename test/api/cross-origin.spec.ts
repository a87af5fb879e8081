import { Backend, token } from '../support/backend';
import { TestDatabase } from '../support/database';

const PATH = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
const [OURS, THEIRS] = ['https://app.example', 'https://evil.example'];

describe('pages of other sites', () => {
  let database: TestDatabase;
  let backend: Backend | undefined;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  afterEach(() => backend?.close());
  afterAll(() => database.drop());

  async function ask(origin: string, corsOrigins?: string[], init: RequestInit = {}): Promise<Response> {
    backend = await Backend.start({ databaseUrl: database.url, corsOrigins });
    const headers = { origin, ...(init.headers as Record<string, string>) };
    return fetch(backend.url + PATH, { ...init, headers });
  }

  const preflight = {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
  };

  const corsHeadersOf = ({ headers }: Response) =>
    [...headers.keys()].filter((name) => name.startsWith('access-control-'));

  it('may not send requests, by default', async () => {
    const answer = await ask(OURS);
    expect(corsHeadersOf(answer)).toEqual([]);
  });

  it('may not send a token either, by default', async () => {
    const answer = await ask(OURS, undefined, preflight);
    expect({ status: answer.status, headers: corsHeadersOf(answer) }).toEqual({ status: 404, headers: [] });
  });

  it('may send requests if they are named, and read when to retry, even from an error', async () => {
    const answer = await ask(OURS, ['https://other.example', OURS]);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(OURS);
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/Retry-After.*X-Request-Id/);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('vary')).toMatch(/Origin/i);
  });

  it('get answers that caches store separately for each origin and format', async () => {
    const headers = { authorization: `Bearer ${token()}` };
    const answer = await ask(OURS, [OURS], { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('vary')!.split(', ').sort()).toEqual(['Accept', 'Origin']);
  });

  it('may send a token if they are named', async () => {
    const answer = await ask(OURS, [OURS], preflight);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(OURS);
    expect(answer.headers.get('access-control-allow-headers')).toMatch(/Authorization/);
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  });

  it.each([THEIRS, 'https://app.example.evil.example', 'http://app.example', 'null'])(
    'may not send requests from %s, which is not named',
    async (origin) => {
      const headers = { authorization: `Bearer ${token()}` };
      const answer = await ask(origin, [OURS], { headers });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});
