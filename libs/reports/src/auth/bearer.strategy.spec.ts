import type { BearerOptions } from './bearer.options';
import { BearerStrategy } from './bearer.strategy';

describe('BearerStrategy', () => {
  const secret = 'x'.repeat(32);

  it('takes a secret of 32 bytes, however many characters they are', () => {
    expect(() => new BearerStrategy({ auth: { secret: 'é'.repeat(16) } })).not.toThrow();
  });

  it.each<[string, unknown]>([
    ['auth.secret must have at least 32 bytes', { secret: '' }],
    ['auth.secret must have at least 32 bytes', { secret: 'x'.repeat(31) }],
    ['auth needs exactly one of secret and jwksUrl', {}],
    ['auth needs exactly one of secret and jwksUrl', { secret, jwksUrl: 'https://login.example/keys' }],
    ['auth.jwksUrl must begin with https:// or http://', { jwksUrl: 'file:///etc/passwd' }],
    ['auth.issuer must not be empty', { secret, issuer: '' }],
    ['auth.audience must not be empty', { secret, audience: '' }],
  ])('says %j of %j', (message, auth) => {
    expect(() => new BearerStrategy({ auth: auth as BearerOptions })).toThrow(`ReportsModule: ${message}`);
  });
});
