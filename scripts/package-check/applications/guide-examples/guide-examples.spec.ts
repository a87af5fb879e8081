import { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppModule as GlobalGuardModule } from './global-guard.module.js';
import { AppModule as OwnLoginModule, ServiceLevelService } from './own-login.module.js';

const RANGE = 'startDate=2023-01-01&endDate=2023-01-31';

/** The modules that the page about an own login shows. */
describe('the example of', () => {
  let app: INestApplication;

  afterEach(() => app.close());

  async function start(module: Type): Promise<void> {
    app = (await Test.createTestingModule({ imports: [module] }).compile()).createNestApplication();
    app.useLogger(false);
    await app.listen(0);
  }

  async function request(path: string, headers: Record<string, string>) {
    const response = await fetch(`${await app.getUrl()}/${path}?${RANGE}`, { headers });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  it('a login of its own lets in its staff, at its path and with its threshold', async () => {
    await start(OwnLoginModule);
    const report = (team: number, key: string) =>
      request(`api/v2/chat-health/${team}/chats/availability`, { 'x-staff-key': key });
    expect(await report(7, 'key of team 7')).toMatchObject({ status: 200, body: { total_down_time: 60_000 } });
    expect(await report(8, 'key of team 7')).toMatchObject({ status: 403 });
    expect(await report(7, 'another')).toMatchObject({ status: 401, body: { message: 'Who are you?' } });
    const minutes = app.get(ServiceLevelService).downtimeMinutes('7', new Date('2023-01-01'), new Date('2023-02-01'));
    expect(await minutes).toBe(1);
  });

  it('a global guard admits its users, and answers errors in a form of its own', async () => {
    await start(GlobalGuardModule);
    const report = (team: number, headers: Record<string, string>) =>
      request(`backend/reports/${team}/chats/availability`, headers);
    const headers = { 'x-user-key': 'key of team 7' };
    expect(await report(7, headers)).toMatchObject({ status: 200, body: { total_down_time: 420_000 } });
    expect(await report(8, headers)).toMatchObject({ status: 403 });
    expect(await report(7, {})).toEqual({ status: 401, body: { status: 401, detail: 'Log in first' } });
  });
});
