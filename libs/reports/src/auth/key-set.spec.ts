import { KeySet } from './key-set';

it('keys that cannot be fetched: the cause names the setting, the URL without its query, and the reason', async () => {
  // Fetch refuses this port.
  const keys = new KeySet('http://127.0.0.1:1/keys?secret=x');
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: 'a' })).toString('base64url');
  await expect(keys.find(`${header}.e30.x`)).rejects.toMatchObject({
    message: 'The token keys cannot be fetched at the moment',
    cause: {
      message: 'jwksUrl (setting JWT_JWKS_URL of the host) http://127.0.0.1:1/keys: fetch failed (bad port)',
    },
  });
});
