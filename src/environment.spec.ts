import { readEnvironment } from './environment';
import { readJwtSecret } from './tokens/jwt-secret';

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
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535'],
    [{ PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV must be development, test or production'],
    [{ DATABASE_URL: 'mysql://localhost' }, 'DATABASE_URL must begin with postgres:// or postgresql://'],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET must have at least 32 bytes'],
    [{ STATEMENT_TIMEOUT_MS: '0' }, 'STATEMENT_TIMEOUT_MS must be a whole number of milliseconds from 1'],
  ])('refuses %j with the name and the accepted form', (variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
  });

  it('names all that is wrong at once', () => {
    expect(() => readEnvironment({ PORT: 'x', JWT_SECRET: 'y' })).toThrow(/PORT.*; JWT_SECRET/);
  });
});

describe('readJwtSecret', () => {
  it('is JWT_SECRET where it is given', async () => {
    expect(await readJwtSecret(readEnvironment({ JWT_SECRET: SECRET }))).toBe(SECRET);
  });

  it.each([{ DATABASE_URL: 'postgres://localhost/chat' }, { NODE_ENV: 'production' }])(
    'is required with %j',
    async (variables) => {
      await expect(readJwtSecret(readEnvironment(variables))).rejects.toThrow(
        'JWT_SECRET is required with DATABASE_URL or NODE_ENV=production: at least 32 bytes',
      );
    },
  );
});
