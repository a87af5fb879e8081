import { type BearerOptions, checkBearerOptions } from './bearer.options';

describe('the options of bearer tokens', () => {
  const secret = 'x'.repeat(32);

  it('takes a secret of 32 bytes, however many characters they are', () => {
    expect(() => checkBearerOptions({ secret: 'é'.repeat(16) })).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['auth.secret must have at least 32 bytes', { secret: '' }],
    ['auth.secret must have at least 32 bytes', { secret: 'x'.repeat(31) }],
    ['auth needs exactly one of secret and jwksUrl', {}],
    ['auth needs exactly one of secret and jwksUrl', { secret, jwksUrl: 'https://login.example/keys' }],
    ['auth.jwksUrl must begin with https:// or http://', { jwksUrl: 'file:///etc/passwd' }],
    ['auth.jwksUrl must begin with https:// or http://', { jwksUrl: 'https://' }],
    [
      'auth.jwksUrl must begin with https:// or http:// and must not contain a user name or password',
      { jwksUrl: 'https://me:secret@login.example/keys' },
    ],
    ['auth.issuer must not be empty', { secret, issuer: '' }],
    ['auth.audience must not be empty', { secret, audience: '' }],
  ])('says %j of %j', (message, options) => {
    expect(() => checkBearerOptions(options as BearerOptions)).toThrow(`ReportsModule: ${message}`);
  });
});
