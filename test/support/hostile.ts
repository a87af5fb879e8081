import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { SECRET } from './backend';
import { headerText, path, text } from './requests';
import type { LegalRequest } from './wire';

/** The report that an attacker without a token wants. */
const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
const HEADER = { alg: 'HS256', typ: 'JWT' };
const CLAIMS = {
  sub: 'tester',
  org_id: '123456',
  scope: 'reports:read schedule:write',
  exp: Math.floor(Date.now() / 1000) + 7_200,
};
const HASHES: Record<string, string> = { HS384: 'sha384', HS512: 'sha512' };

const encode = (part: unknown) => Buffer.from(JSON.stringify(part) ?? '').toString('base64url');

/** Signs a token with any header and claims; the signature is valid unless another key is given. */
function sign(header: unknown, claims: unknown, key = SECRET): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  const hash = HASHES[(header as { alg?: string } | null)?.alg ?? ''] ?? 'sha256';
  return `${signed}.${createHmac(hash, key).update(signed).digest('base64url')}`;
}

export const GOOD_TOKEN = sign(HEADER, CLAIMS);

const wrongHeader = fc.oneof(
  fc
    .constantFrom(undefined, null, '', 'none', 'None', 'HS384', 'HS512', 'RS256', 'ES256', 'EdDSA', 'hs256', 0, {})
    .map((alg) => ({ ...HEADER, alg })),
  fc.array(fc.constantFrom('exp', 'b64', 'alg', '__proto__', '')).map((crit) => ({ ...HEADER, crit })),
  fc.constantFrom<unknown>(null, 'HS256', 256, [], ['HS256'], {}, { ...HEADER, b64: false, crit: ['b64'] }),
);
const wrongClaims = fc.oneof(
  fc
    .constantFrom<unknown>(undefined, null, '', '9999999999', 0, -1, 1, {}, [], true, 'Infinity')
    .map((exp) => ({ ...CLAIMS, exp })),
  fc.constantFrom<unknown>(CLAIMS.exp, '0', {}, [], true).map((nbf) => ({ ...CLAIMS, nbf })),
  fc
    .constantFrom<unknown>(
      undefined,
      null,
      '',
      'other',
      {},
      [],
      [[]],
      [['123456']],
      { 0: '123456' },
      true,
      'ORG',
      '1234',
    )
    .map((org_id) => ({ ...CLAIMS, org_id })),
  text.filter((id) => id !== '123456').map((org_id) => ({ ...CLAIMS, org_id })),
  fc
    .constantFrom<unknown>(
      undefined,
      null,
      '',
      'reports',
      'reports:readx',
      'REPORTS:READ',
      'x reports:rea d',
      {},
      1,
      true,
    )
    .map((scope) => ({ ...CLAIMS, scope })),
  fc.constantFrom<unknown>(null, 'x', 5, [], [CLAIMS], {}, undefined),
  fc.nat(3_000).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`),
);
const bytesOf = (token: string) =>
  token
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');
const changed = fc
  .tuple(fc.nat(GOOD_TOKEN.length - 1), headerText)
  .map(([at, inserted]) => GOOD_TOKEN.slice(0, at) + inserted + GOOD_TOKEN.slice(at + 1))
  // The last character of a part has unused bits, so another character there can mean the same token.
  .filter((token) => bytesOf(token.trim()) !== bytesOf(GOOD_TOKEN));

/** Values of the header Authorization, none of which allows a report on the organization 123456. */
const credentials = fc.oneof(
  { weight: 3, arbitrary: wrongHeader.map((header) => `Bearer ${sign(header, CLAIMS)}`) },
  { weight: 3, arbitrary: wrongClaims.map((claims) => `Bearer ${sign(HEADER, claims)}`) },
  {
    weight: 2,
    arbitrary: fc.tuple(wrongHeader, wrongClaims).map(([header, claims]) => `Bearer ${sign(header, claims)}`),
  },
  { weight: 2, arbitrary: headerText.map((key) => `Bearer ${sign(HEADER, CLAIMS, key)}`) },
  { weight: 3, arbitrary: changed.map((token) => `Bearer ${token}`) },
  { weight: 1, arbitrary: headerText.map((value) => `Bearer ${value}`) },
  { weight: 1, arbitrary: headerText.map((scheme) => `${scheme.replaceAll(/bearer/gi, '')} ${GOOD_TOKEN}`) },
  { weight: 1, arbitrary: fc.constantFrom(`Bearer ${GOOD_TOKEN}.`, `Bearer ${GOOD_TOKEN}.x`, 'Bearer', 'Bearer ..') },
  { weight: 1, arbitrary: fc.nat(11_000).map((length) => `Bearer ${'a.'.repeat(length / 2)}`) },
);

/** Requests for a report with a token that must be refused. */
export const requestWithBadToken: fc.Arbitrary<LegalRequest> = credentials.map((authorization) => ({
  method: 'GET',
  path: REPORT,
  headers: { authorization },
}));

const NAMES = [
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'access-control-request-headers',
  'access-control-request-method',
  'cache-control',
  'content-encoding',
  'content-type',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'max-forwards',
  'origin',
  'pragma',
  'range',
  'referer',
  'te',
  'user-agent',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-http-method-override',
  'x-request-id',
  '__proto__',
  'constructor',
];
const headerValue = fc.oneof(
  headerText,
  fc.constantFrom(
    '',
    ',',
    ';',
    '"',
    '*',
    '*/*;q=',
    'gzip;q=NaN',
    'bytes=0-,-0',
    '127.0.0.1',
    '::1',
    '[',
    'null',
    '%00',
    'W/"',
  ),
  fc.nat(3_000).map((length) => 'a,'.repeat(length)),
  fc.nat(3_000).map((length) => '('.repeat(length)),
);

/** Requests with a valid token and headers that no browser sends. */
export const requestWithStrangeHeaders: fc.Arbitrary<LegalRequest> = fc
  .tuple(fc.oneof(fc.constant(REPORT), path), fc.dictionary(fc.constantFrom(...NAMES), headerValue, { maxKeys: 6 }))
  .map(([target, headers]) => ({
    method: 'GET',
    path: target,
    headers: { ...headers, authorization: `Bearer ${GOOD_TOKEN}` },
  }));

const content = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.json(),
  fc.constantFrom(
    '',
    '{',
    '{"__proto__":{"a":1}}',
    'a[b][c]=d',
    '--x\r\nContent-Disposition: form-data; name=a\r\n\r\n',
  ),
  fc.nat(200_000).map((length) => '['.repeat(length)),
);
/** Headers that say where a body ends, correctly or not. */
const framing = fc.constantFrom<(body: string) => string>(
  (body) => `Content-Length: ${body.length}\r\n\r\n${body}`,
  (body) => `Content-Length: ${body.length + 100}\r\n\r\n${body}`,
  (body) => `Content-Length: ${Math.floor(body.length / 2)}\r\n\r\n${body}`,
  (body) => `Content-Length: 99999999999999999999\r\n\r\n${body}`,
  (body) => `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  (body) => `Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n${body}`,
  (body) => `Transfer-Encoding: chunked\r\n\r\n${body}`,
  (body) => `Transfer-Encoding: gzip, chunked\r\n\r\n1\r\n${body}`,
  (body) => `Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
);
const type = fc.oneof(
  fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
  ),
  fc.constantFrom('application/json; charset=utf-7', 'application/json;', '/', 'a/b;c="', '__proto__'),
  headerText,
);

/** The only route that takes a body. */
const SCHEDULE = '/backend/reports/123456/schedule';

/** Bytes of requests with a body, which few routes take. */
export const requestWithBody: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS'),
    fc.oneof(path, fc.constant(SCHEDULE)),
    type,
    content,
    framing,
  )
  .map(([method, target, contentType, body, frame]) => {
    const head = `${method} ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${GOOD_TOKEN}\r\nConnection: close\r\n`;
    return Buffer.from(`${head}Content-Type: ${contentType}\r\n${frame(body)}`, 'latin1');
  });

/** A secret that no error may reveal. */
export const PASSWORD = 'correct horse battery staple';
const WHOLE_NUMBERS = [
  'PORT',
  'METRICS_PORT',
  'DATABASE_POOL_SIZE',
  'DATABASE_REPLICA_LAG_S',
  'JWT_CLOCK_TOLERANCE_S',
  'MAX_CONCURRENT_REPORTS',
  'MAX_CONNECTIONS',
  'MAX_RANGE_DAYS',
  'MAX_ROWS',
  'RATE_LIMIT_PER_ADDRESS',
  'RATE_LIMIT_PER_TOKEN',
  'STATEMENT_TIMEOUT_MS',
];
const SETTINGS = [
  ...WHOLE_NUMBERS,
  ...[
    'API_DOCS',
    'CORS_ORIGINS',
    'DATABASE_REPLICA_URL',
    'DATABASE_URL',
    'DATA_DIR',
    'HOST',
    'JWT_AUDIENCE',
    'JWT_ISSUER',
  ],
  ...['JWT_JWKS_URL', 'JWT_SECRET', 'LOG_LEVEL', 'METRICS_HOST', 'NODE_ENV', 'REDIS_URL', 'TRUST_PROXY'],
  ...['__proto__', 'constructor', 'toString', 'isDemo', 'logLevel'],
];
/** Text that a setting can hold: a process gets its environment as UTF-8. */
const settingText = text.map((value) => value.toWellFormed().replaceAll('\0', ''));
const settingValue = fc.oneof(
  settingText,
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom(
    '0x10',
    '1e3',
    ' 1',
    '1 ',
    '٣',
    '+1',
    '-0',
    '1_000',
    'true',
    'null',
    'production',
    'on',
    'info',
    '\ufeff1',
  ),
  fc.constantFrom(
    '10.0.0.0/8',
    '::/0',
    '0.0.0.0',
    '1.2.3.4/33',
    'https://a.example',
    'https://a.example:99999',
    'http://[::1',
  ),
  fc
    .tuple(fc.constantFrom('postgres', 'postgresql', 'https', 'http', 'redis', 'mysql'), settingText)
    .map(([scheme, rest]) => `${scheme}://user:${encodeURIComponent(PASSWORD)}@${rest}`),
  fc.nat(100_000).map((length) => '9'.repeat(length)),
);

/** Settings that an administrator, or Kubernetes, may have set. */
export const settings: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(...SETTINGS),
  settingValue,
  {
    maxKeys: 5,
  },
);
