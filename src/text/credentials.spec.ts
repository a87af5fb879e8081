import { redactCredentials } from './credentials';

describe('redactCredentials', () => {
  it.each([
    ['postgres://reports:secret@db.example:5432/chat', 'postgres://***@db.example:5432/chat'],
    ['redis://:secret@localhost, rediss://me@cache', 'redis://***@localhost, rediss://***@cache'],
    ['no https://me:p@ss@login.example/keys here', 'no https://***@login.example/keys here'],
    ['postgres://db/chat?user=me&password=secret&sslmode=on', 'postgres://db/chat?user=me&password=***&sslmode=on'],
    ['https://login.example/keys?access_token=secret#a', 'https://login.example/keys?access_token=***#a'],
  ])('takes the credentials out of %s', (text, redacted) => {
    expect(redactCredentials(text)).toBe(redacted);
  });

  it.each(['https://login.example/@me', 'at file:///app/node_modules/@nestjs/core/index.js:1', 'me@example.org', ''])(
    'leaves %j as it is',
    (text) => {
      expect(redactCredentials(text)).toBe(text);
    },
  );

  it('leaves JSON valid', () => {
    const entry = { url: 'http://a', mail: 'me@example.org', error: 'at "postgres://u:p\\q@h/d?password=x\\y"' };
    const redacted = { ...entry, error: 'at "postgres://***@h/d?password=***"' };
    expect(JSON.parse(redactCredentials(JSON.stringify(entry)))).toEqual(redacted);
    expect(redactCredentials(entry.error)).toBe(redacted.error);
  });
});
