import fc from 'fast-check';
import { token } from './backend';
import type { LegalRequest } from './wire';

const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'];
const PARAMETERS = [
  'startDate',
  'endDate',
  'channel',
  'edges',
  'format',
  'bom',
  'include',
  'interval',
  'timezone',
  'hours',
  'limit',
  'min_duration',
];

/** Organizations that the token is valid for: names with a special meaning in a path, a query, JavaScript or SQL. */
const ORGANIZATIONS = [
  '123456',
  ...PROTOTYPE,
  'ä/ö',
  '日本 🎉',
  '..',
  '%',
  "'; drop table messages; --",
  'x'.repeat(255),
];
const BEARER = `Bearer ${token({ org_id: ORGANIZATIONS, exp: Math.floor(Date.now() / 1000) + 3600 })}`;

/** Any Unicode text, including lone surrogates and control characters. */
export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
  fc.constantFrom('', '\0', 'a\0b', '\ud800', '\r\nX: y', "'", '"', '\\', '%', '${1}', '\u202e', '-1', '1e999', 'NaN'),
  fc.constantFrom(...PROTOTYPE),
);
/** Escapes that do not decode to text. */
const brokenEscape = fc.constantFrom(
  '%',
  '%f',
  '%zz',
  '%ff%fe',
  '%c0%80',
  '%ed%a0%80',
  '%00',
  '%u0041',
  '%25%',
  '\xff\xfe',
);
const escaped = fc.oneof(
  { weight: 6, arbitrary: text.map((value) => encodeURIComponent(value.toWellFormed())) },
  { weight: 1, arbitrary: brokenEscape },
);

const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const usualInstant = fc.date({ min: new Date('2022-12-30'), max: new Date('2023-02-02'), noInvalidDate: true });
const boundary = fc.oneof(
  { weight: 8, arbitrary: usualInstant.map((date) => date.toISOString()) },
  { weight: 4, arbitrary: usualInstant.map((date) => date.toISOString().slice(0, 10)) },
  { weight: 1, arbitrary: instant.map((date) => date.toISOString()) },
  { weight: 1, arbitrary: fc.constantFrom('0001-01-01', '9999-12-31', '2023-01-01T00:00:00%2B14:00', '10000-01-01') },
  { weight: 1, arbitrary: fc.constantFrom('2023-02-30', '2023-01-01T00:00:00+02:00', '2023-W01', '1672531200000') },
  { weight: 1, arbitrary: escaped },
);
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns', 'GMT0');
const hours = fc
  .constantFrom('24/7', 'Mo-Fr 09:00-18:00', '22:00-06:00', 'off', 'Sa 10:00-14:00; Su off', 'scheduled')
  .map(encodeURIComponent);
const values: Record<string, fc.Arbitrary<string>> = {
  startDate: boundary,
  endDate: boundary,
  channel: fc.oneof(fc.constantFrom('web', 'mail', ''), escaped),
  edges: fc.constantFrom('ignore', 'count', 'both'),
  format: fc.constantFrom('json', 'csv', 'xml'),
  bom: fc.constantFrom('true', 'false', ''),
  include: fc.constantFrom('summary', 'closed_times', 'summary,closed_times', ''),
  interval: fc.constantFrom('hour', 'day', 'week', 'month', 'quarter', 'year', 'decade'),
  timezone: fc.oneof({ weight: 6, arbitrary: zone }, { weight: 1, arbitrary: escaped }),
  hours: fc.oneof(
    { weight: 8, arbitrary: fc.tuple(hours, zone).map(([notation, name]) => `${notation}&timezone=${name}`) },
    { weight: 1, arbitrary: hours },
    { weight: 1, arbitrary: escaped },
  ),
  limit: fc.constantFrom('1', '10', '1000', '0', '-1', '1e3'),
  min_duration: fc.constantFrom('1', '60000', '0', '-1', '1e999'),
};

const known = fc.constantFrom(...PARAMETERS).chain((name) => values[name]!.map((value) => `${name}=${value}`));
const strange = fc
  .tuple(fc.oneof(escaped, fc.constantFrom('startDate[]', 'channel[a]', 'STARTDATE', ...PROTOTYPE)), escaped)
  .map(([name, value]) => `${name}=${value}`);
const range = fc
  .tuple(boundary, boundary)
  .map((ends) => ends.sort())
  .map(([start, end]) => `startDate=${start}&endDate=${end}`);
const extra = fc.oneof({ weight: 12, arbitrary: known }, { weight: 1, arbitrary: strange });

const rangeAndInterval = fc
  .tuple(
    range,
    values.interval!.map((value) => `interval=${value}`),
  )
  .map((all) => all.join('&'));

const KINDS = [
  {
    below: '',
    needed: range,
    own: ['channel', 'edges', 'format', 'bom', 'include', 'timezone', 'hours', 'limit', 'min_duration'],
  },
  {
    below: '/trend',
    needed: rangeAndInterval,
    own: ['channel', 'edges', 'format', 'timezone', 'hours'],
  },
  { below: '/breakdown', needed: range, own: ['edges', 'format', 'timezone', 'hours'] },
  {
    below: '/overview',
    needed: rangeAndInterval,
    own: ['channel', 'edges', 'include', 'timezone', 'hours', 'limit', 'min_duration'],
  },
  { below: '/channels', needed: fc.constant(''), own: ['format', 'bom', 'timezone'] },
  { below: '/current', needed: fc.constant(''), own: ['channel', 'timezone', 'hours'] },
];

/** A query that is mostly right: the required parameters, some optional ones, and now and then a wrong one. */
const question = fc.constantFrom(...KINDS).chain(({ below, needed, own }) => {
  const optional = fc
    .subarray(own)
    .chain((names) => fc.tuple(...names.map((name) => values[name]!.map((value) => `${name}=${value}`))));
  const more = fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(extra, { maxLength: 4 }) },
  );
  return fc
    .tuple(needed, optional, more)
    .map(([first, second, third]) => `${below}?${[first, ...second, ...third].join('&')}`);
});
const organization = fc.oneof(
  { weight: 8, arbitrary: fc.constant('123456') },
  { weight: 3, arbitrary: fc.constantFrom(...ORGANIZATIONS).map(encodeURIComponent) },
  { weight: 1, arbitrary: escaped },
);
const strangePath = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '/admin/%00',
    '/admin/..%2f..%2fpackage.json',
    '/admin/assets/%ff',
    '/backend/docs/%',
    '*',
  ),
  fc.constantFrom(
    '/backend/docs/../../etc/passwd',
    '/backend/openapi.json?x',
    'http://other.example/admin/',
    '/admin;a=b',
  ),
  fc.array(escaped, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
  fc.array(escaped, { maxLength: 3 }).map((parts) => `/admin/${parts.join('/')}`),
  escaped.map((value) => `/backend/reports/123456/chats/${value}`),
);
/** A path without control characters and spaces, which Node's client refuses. */
export const path = fc
  .oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(organization, question)
        .map(([id, rest]) => `/backend/reports/${id}/chats/availability${rest}`),
    },
    { weight: 1, arbitrary: strangePath },
  )
  .map((value) => value.replace(/[^!-ÿ]/g, '_'));

export const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 30,
});
const authorization = fc.oneof(
  { weight: 16, arbitrary: fc.constant<string | string[]>(BEARER) },
  { weight: 1, arbitrary: headerText },
  { weight: 1, arbitrary: headerText.map((value) => `Bearer ${value}`) },
  { weight: 1, arbitrary: fc.nat(BEARER.length).map((length) => BEARER.slice(0, length)) },
  { weight: 1, arbitrary: fc.constant<string | string[]>([BEARER, BEARER]) },
);
const otherHeaders = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.record({
      accept: fc.oneof(
        headerText,
        fc.constantFrom('text/csv', '*/*', 'text/csv;q=2', ';;', 'text/*;q=', 'application/json, text/csv;q=0.5'),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'accept-encoding',
        'if-none-match',
        'if-modified-since',
        'range',
        'origin',
        'cookie',
        'x-forwarded-for',
        'accept-language',
        'content-type',
        '__proto__',
      ),
      headerText,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { range: 'bytes=5-1' },
      { range: 'bytes=0-0,-1' },
      { 'accept-version': '2' },
      { 'if-none-match': '*' },
    ),
  },
);
const method = fc.oneof(
  { weight: 20, arbitrary: fc.constant('GET') },
  { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PROPFIND', 'QUERY') },
);
const body = fc.oneof(
  { weight: 15, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('{', '{"__proto__":1}', 'x') },
);

/** Requests that conform to HTTP, most of them with a valid token and a valid query. */
export const legalRequest: fc.Arbitrary<LegalRequest> = fc
  .tuple(method, path, authorization, otherHeaders, body)
  .map(([verb, target, bearer, headers, content]) => ({
    method: verb,
    path: target,
    headers: {
      ...headers,
      ...(bearer !== '' && { authorization: bearer }),
      // Without it, Node's client sends the body of a GET as if it were the next request.
      ...(content !== undefined && { 'content-length': String(content.length) }),
    },
    body: content,
  }));

const rawByte = fc.integer({ min: 0, max: 255 });
/**
 * Bytes that may not be HTTP: a valid request with some bytes changed, or one of the forms that servers have fallen
 * for.
 */
export const rawRequest: fc.Arbitrary<Buffer> = fc
  .tuple(
    path,
    fc.array(fc.tuple(fc.nat(), rawByte), { maxLength: 3 }),
    fc.constantFrom(
      ...[
        '',
        'Transfer-Encoding: chunked\r\n',
        'Content-Length: -1\r\n',
        'Content-Length: 5\r\nContent-Length: 6\r\n',
        'Expect: 100-continue\r\n',
        'Expect: nothing\r\n',
        'Upgrade: websocket\r\nConnection: Upgrade\r\n',
        'Host: \xff\r\n',
        'Host: a b\r\n',
        ' folded\r\n',
        'No colon\r\n',
        'X: a\0b\r\n',
        `X: ${'x'.repeat(20_000)}\r\n`,
      ],
    ),
  )
  .map(([target, changes, header]) => {
    const bytes = Buffer.from(
      `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: ${BEARER}\r\n${header}Connection: close\r\n\r\n`,
      'latin1',
    );
    for (const [position, byte] of changes) bytes[position % Math.min(bytes.length, 400)] = byte;
    return bytes;
  });
