import { AccessGuard } from '@chat-reports/nestjs';
import { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AppModule } from './../src/app.module.js';

describe('the availability report', () => {
  let app: INestApplication;

  beforeAll(async () => {
    const fixture = await Test.createTestingModule({ imports: [AppModule] })
      .overrideGuard(AccessGuard)
      .useValue({ canActivate: () => true })
      .compile();
    app = fixture.createNestApplication();
    await app.listen(0);
  });

  afterAll(() => app.close());

  it('is answered without a token', async () => {
    const path = '/backend/reports/7/chats/availability?startDate=2023-01-01&endDate=2023-01-31';
    const response = await fetch((await app.getUrl()) + path);
    expect(await response.json()).toMatchObject({ total_down_time: 1_800_000 });
  });
});
