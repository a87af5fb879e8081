import { REPORTS_OPTIONS, type ReportsOptions } from '@chat-reports/nestjs';
import { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppModule } from '../readme/app.module.js';
import { signedToken } from '../bearer-tokens/signed-token.js';

describe('an application whose tests override the options', () => {
  let app: INestApplication;
  const secret = 'a secret of the tests with more than 32 bytes';

  beforeAll(async () => {
    const columns = { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' };
    const options: ReportsOptions = { auth: { secret }, messages: { columns }, downtimeThreshold: 16 * 60_000 };
    const fixture = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(REPORTS_OPTIONS)
      .useValue(options)
      .compile();
    app = fixture.createNestApplication();
    await app.listen(0);
  });
  afterAll(() => app.close());

  it('uses theirs', async () => {
    const url = `${await app.getUrl()}/backend/reports/7/chats/availability?startDate=2023-01-01&endDate=2023-01-31`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${signedToken(secret)}` } });
    // Between the three messages are 17 and 15 minutes.
    expect(await response.json()).toMatchObject({ total_down_time: 60_000 });
  });
});
