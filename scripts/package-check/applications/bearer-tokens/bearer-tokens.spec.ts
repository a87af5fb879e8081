import { BearerOptions, ReportsModule } from '@chat-reports/nestjs';
import { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { signedToken } from './signed-token.js';

const REPORT = '/backend/reports/7/chats/availability';
const SECRET = 'a secret of at least 32 bytes for these tests';

describe('bearer tokens', () => {
  let app: INestApplication;

  async function start(auth: BearerOptions): Promise<void> {
    const database = TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL });
    const columns = { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' };
    const reports = ReportsModule.forRoot({ auth, messages: { columns } });
    app = (await Test.createTestingModule({ imports: [database, reports] }).compile()).createNestApplication();
    app.useLogger(false);
    await app.listen(0);
  }
  afterEach(() => app.close());

  async function request(path: string, token: string) {
    const response = await fetch((await app.getUrl()) + path, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, text: await response.text() };
  }

  it('are verified with a secret, for every kind of report', async () => {
    await start({ secret: SECRET });
    const token = signedToken(SECRET);
    const range = 'startDate=2023-01-01&endDate=2023-01-31&timezone=Europe/Berlin';
    for (const path of [`?${range}`, `/trend?${range}&interval=day`, `/breakdown?${range}`, '/channels', '/current']) {
      expect({ path, ...(await request(REPORT + path, token)) }).toMatchObject({ path, status: 200 });
    }
    expect((await request(`${REPORT}?${range}&format=csv`, token)).text).toContain('start_time (Europe/Berlin)');
    expect((await request(`${REPORT}?${range}`, signedToken(`another ${SECRET}`))).status).toBe(401);
  });

  it('are verified with the keys of their issuer', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'first', alg: 'RS256', use: 'sig' }];
    const issuer = createServer((_request, response) => response.end(JSON.stringify({ keys })));
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    await start({ jwksUrl: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys` });
    const path = `${REPORT}?startDate=2023-01-01&endDate=2023-01-31`;
    expect((await request(path, signedToken(privateKey, 'first'))).status).toBe(200);
    expect((await request(path, signedToken(privateKey, 'second'))).status).toBe(401);
    issuer.close();
  });
});
