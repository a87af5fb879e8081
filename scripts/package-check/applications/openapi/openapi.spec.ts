import { ReportsModule } from '@chat-reports/nestjs';
import { openapiMetadata } from '@chat-reports/nestjs/openapi';
import { Module } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL }),
    ReportsModule.forRoot({
      auth: { secret: process.env.JWT_SECRET! },
      messages: { columns: { organization: 'account_id', channel: 'inbox_id', session: 'conversation_id' } },
    }),
  ],
})
class AppModule {}

it('an OpenAPI document has the routes, what they return, and that they require a bearer token', async () => {
  const app = (await Test.createTestingModule({ imports: [AppModule] }).compile()).createNestApplication();
  await SwaggerModule.loadPluginMetadata(openapiMetadata);
  const { paths, components } = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build());
  const operations = Object.values(paths).map(({ get }) => get);
  expect(operations).toHaveLength(7);
  for (const operation of operations) {
    expect(operation).toMatchObject({ security: [{ bearer: [] }], summary: expect.any(String) });
  }
  expect(components?.schemas).toHaveProperty('AvailabilityResponse');
  await app.close();
});
