import { readEnvironment } from './environment';
import { readBearerOptions } from '../auth/bearer-options';

const SECRET = 'x'.repeat(32);

describe('readEnvironment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: 'data',
      NODE_ENV: 'development',
    });
  });

  it('takes an empty setting as not given', () => {
    expect(readEnvironment({ PORT: '', DATABASE_URL: '', JWT_SECRET: '' })).toMatchObject({ PORT: 3000, isDemo: true });
  });

  it.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http"'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV must be development, test or production, not "prod"'],
    [{ DATABASE_URL: 'mysql://localhost' }, 'DATABASE_URL must begin with postgres:// or postgresql://, not mysql://'],
    [{ DATABASE_URL: 'secret@db' }, /^DATABASE_URL must begin with postgres:\/\/ or postgresql:\/\/$/],
    [{ JWT_SECRET: 'short' }, /^JWT_SECRET must have at least 32 bytes, not 5$/],
    [{ JWT_JWKS_URL: 'login.example' }, 'JWT_JWKS_URL must begin with https:// or http://'],
    [{ JWT_JWKS_URL: 'https://' }, 'JWT_JWKS_URL must begin with https:// or http://'],
    [
      { JWT_JWKS_URL: 'https://me:secret@login.example/keys' },
      /^JWT_JWKS_URL must begin with https:\/\/ or http:\/\/ and must not contain a user name or password$/,
    ],
    [{ JWT_JWKS_URL: 'ftp://login.example' }, 'user name or password, not ftp://'],
    [{ API_DOCS: 'yes' }, 'API_DOCS must be on or off'],
    [{ START_WITHOUT_DATABASE: 'true' }, 'START_WITHOUT_DATABASE must be on or off, not "true"'],
    [{ JWT_CLOCK_TOLERANCE_S: '1h' }, 'JWT_CLOCK_TOLERANCE_S must be a whole number of seconds from 0 to 300'],
    [{ RATE_LIMIT_PER_ADDRESS: '-1' }, 'RATE_LIMIT_PER_ADDRESS must be a whole number of requests from 0 to 1000000'],
    [{ RATE_LIMIT_PER_TOKEN: '1e3' }, 'RATE_LIMIT_PER_TOKEN must be a whole number of requests from 0 to 1000000'],
    [{ REDIS_URL: 'http://:secret@localhost' }, /^REDIS_URL must begin with redis:\/\/ or rediss:\/\/, not http:\/\/$/],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY must be IP addresses or ranges such as 10.0.0.0/8, separated by commas'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY must be IP addresses or ranges'],
    [{ TRUST_PROXY: '0.0.0.0/0' }, 'TRUST_PROXY must be IP addresses or ranges'],
    [{ TRUST_PROXY: '10.0.0.1,' }, 'TRUST_PROXY must be IP addresses or ranges'],
    [{ BASE_PATH: 'tools' }, 'BASE_PATH must be a path such as /tools/chat, and not begin with /admin, /backend or'],
    [{ BASE_PATH: '/' }, 'BASE_PATH must be a path'],
    [{ BASE_PATH: '/tools/' }, 'BASE_PATH must be a path'],
    [{ BASE_PATH: '/tools/../chat' }, 'BASE_PATH must be a path'],
    [{ BASE_PATH: '//tools' }, 'BASE_PATH must be a path'],
    [{ BASE_PATH: '/backend/chat' }, 'BASE_PATH must be a path'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS must be origins such as https://app.example, separated by commas'],
    [{ CORS_ORIGINS: 'https://*.example' }, 'CORS_ORIGINS must be origins'],
    [{ CORS_ORIGINS: 'https://app.example/' }, 'CORS_ORIGINS must be origins'],
    [
      { CONVERSATION_URL: 'https://chat.example/' },
      'CONVERSATION_URL must be a URL such as https://chat.example/{sess',
    ],
    [{ CONVERSATION_URL: 'javascript:alert({session_id})' }, 'CONVERSATION_URL must be a URL'],
    [{ CONVERSATION_URL: 'https://{session_id}.example/' }, 'CONVERSATION_URL must be a URL'],
    [{ CONVERSATION_URL: 'https://me:secret@chat.example/{session_id}' }, 'CONVERSATION_URL must be a URL'],
    [{ METRICS_PORT: '65536' }, 'METRICS_PORT must be a whole number from 0 to 65535, not "65536"'],
    [{ METRICS_PORT: 'x'.repeat(200) }, `, not "${'x'.repeat(60)}…"`],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace'],
    [{ DATABASE_REPLICA_LAG_S: '1m' }, 'DATABASE_REPLICA_LAG_S must be a whole number of seconds from 0 to 86400'],
    [{ DATABASE_POOL_SIZE: '0' }, 'DATABASE_POOL_SIZE must be a whole number of connections from 1 to 1000'],
    [{ STATEMENT_TIMEOUT_MS: '0' }, 'STATEMENT_TIMEOUT_MS must be a whole number of milliseconds from 1 to 2147483647'],
    [{ STATEMENT_TIMEOUT_MS: '2147483648' }, 'from 1 to 2147483647, not "2147483648"'],
  ])('refuses %j with the name and the accepted form', (variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
  });

  it('logs requests in production, and elsewhere only what is wrong, unless told otherwise', () => {
    expect(readEnvironment({ NODE_ENV: 'production' }).logLevel).toBe('info');
    expect(readEnvironment({}).logLevel).toBe('warn');
    expect(readEnvironment({ NODE_ENV: 'production', LOG_LEVEL: 'debug' }).logLevel).toBe('debug');
  });

  it('serves the page that browses the API everywhere but in production, unless told otherwise', () => {
    const serves = (variables: Record<string, string>) => readEnvironment(variables).servesApiDocs;
    expect([serves({}), serves({ API_DOCS: 'off' })]).toEqual([true, false]);
    const production = { NODE_ENV: 'production' };
    expect([serves(production), serves({ ...production, API_DOCS: 'on' })]).toEqual([false, true]);
  });

  it('takes lists separated by commas, with blanks or without', () => {
    const { trustedProxies, corsOrigins } = readEnvironment({
      TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,fd00::/8',
      CORS_ORIGINS: 'https://app.example, http://localhost:5173',
    });
    expect(trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
    expect(corsOrigins).toEqual(['https://app.example', 'http://localhost:5173']);
    const none = readEnvironment({});
    expect([none.trustedProxies, none.corsOrigins]).toEqual([[], []]);
  });

  it('takes any free port for metrics, and ignores what Kubernetes sets for a service of that name', () => {
    expect(readEnvironment({ METRICS_PORT: '0' }).METRICS_PORT).toBe(0);
    expect(readEnvironment({ METRICS_PORT: 'tcp://10.0.0.1:9090' }).METRICS_PORT).toBeUndefined();
  });

  it('names all that is wrong at once', () => {
    expect(() => readEnvironment({ PORT: 'x', JWT_SECRET: 'y' })).toThrow(/PORT.*; JWT_SECRET/);
  });
});

describe('readBearerOptions', () => {
  const production = { NODE_ENV: 'production', JWT_ISSUER: 'https://login.example', JWT_AUDIENCE: 'reports' };

  it('verifies with JWT_SECRET where it is given', async () => {
    expect(await readBearerOptions(readEnvironment({ JWT_SECRET: SECRET }))).toMatchObject({ secret: SECRET });
  });

  it('verifies with the keys at JWT_JWKS_URL, and the claims that are told', async () => {
    const variables = { ...production, JWT_JWKS_URL: 'https://login.example/keys', JWT_CLOCK_TOLERANCE_S: '0' };
    expect(await readBearerOptions(readEnvironment(variables))).toEqual({
      jwksUrl: 'https://login.example/keys',
      issuer: 'https://login.example',
      audience: 'reports',
      clockToleranceSeconds: 0,
    });
  });

  it.each(['http://localhost:8080/keys', 'http://127.0.0.1/keys', 'http://127.1/keys', 'http://[::1]/keys'])(
    'fetches keys without TLS from this machine: %s',
    async (JWT_JWKS_URL) => {
      expect(await readBearerOptions(readEnvironment({ ...production, JWT_JWKS_URL }))).toMatchObject({
        jwksUrl: JWT_JWKS_URL,
      });
    },
  );

  it.each(['http://login.example/keys', 'http://localhost.example/keys', 'http://127.example/keys'])(
    'fetches no keys without TLS in production: %s',
    async (JWT_JWKS_URL) => {
      const reading = readBearerOptions(readEnvironment({ ...production, JWT_JWKS_URL }));
      await expect(reading).rejects.toThrow('JWT_JWKS_URL must begin with https:// with NODE_ENV=production');
      expect(await readBearerOptions(readEnvironment({ JWT_JWKS_URL }))).toMatchObject({ jwksUrl: JWT_JWKS_URL });
    },
  );

  it.each([
    [{ DATABASE_URL: 'postgres://localhost/chat' }, 'JWT_SECRET (at least 32 bytes) or JWT_JWKS_URL is required'],
    [production, 'JWT_SECRET (at least 32 bytes) or JWT_JWKS_URL is required'],
    [
      { JWT_SECRET: SECRET, JWT_JWKS_URL: 'https://login.example/keys' },
      'JWT_SECRET and JWT_JWKS_URL are mutually exclusive',
    ],
    [{ NODE_ENV: 'production', JWT_SECRET: SECRET, JWT_ISSUER: 'x' }, 'JWT_ISSUER and JWT_AUDIENCE are required'],
  ])('refuses %j', async (variables, message) => {
    await expect(readBearerOptions(readEnvironment(variables))).rejects.toThrow(message);
  });
});
