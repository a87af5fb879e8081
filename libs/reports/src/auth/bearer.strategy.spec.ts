import { BearerStrategy } from './bearer.strategy';

describe('BearerStrategy', () => {
  it('takes a secret of 32 bytes, however many characters they are', () => {
    expect(() => new BearerStrategy({ auth: { secret: 'é'.repeat(16) } })).not.toThrow();
  });

  it.each(['', 'x'.repeat(31)])('refuses the secret %j, which is shorter', (secret) => {
    expect(() => new BearerStrategy({ auth: { secret } })).toThrow('auth.secret must have at least 32 bytes');
  });
});
