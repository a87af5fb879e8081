import { ReportsModule } from '@chat-reports/nestjs';
import { CanActivate, ExecutionContext, INestApplication, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';

@Injectable()
class StaffGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-staff'] === 'yes';
  }
}

const messages = { columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' } };
const database = TypeOrmModule.forRoot({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  extra: { allowExitOnIdle: true },
});

@Module({
  imports: [database, ReportsModule.forRoot({ auth: { guard: StaffGuard, organizations: () => [7] }, messages })],
})
class AppModule {}

describe('an application with its own guard', () => {
  let app: INestApplication;

  beforeAll(async () => {
    app = (await Test.createTestingModule({ imports: [AppModule] }).compile()).createNestApplication();
    await app.listen(0);
  });
  afterAll(() => app.close());

  const statusOf = async (organizationId: number, headers: Record<string, string>) => {
    const url = `${await app.getUrl()}/backend/reports/${organizationId}/chats/availability`;
    return (await fetch(`${url}?startDate=2023-01-01&endDate=2023-01-31`, { headers })).status;
  };

  it('answers whom the guard lets in', async () => {
    expect(await statusOf(7, { 'x-staff': 'yes' })).toBe(200);
    expect(await statusOf(7, {})).toBe(403);
    expect(await statusOf(8, { 'x-staff': 'yes' })).toBe(403);
  });
});

it('an application with bearer tokens is told what to install', async () => {
  const reports = ReportsModule.forRoot({ auth: { secret: 'a secret of at least 32 bytes for this test' }, messages });
  await expect(Test.createTestingModule({ imports: [database, reports] }).compile()).rejects.toThrow(
    'ReportsModule: to verify bearer tokens, install @nestjs/passport, passport and passport-jwt',
  );
});
