import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { describeApi } from '../api-document';
import { AppModule } from '../app.module';
import { defineCommand, runCommand } from './command';

runCommand(
  defineCommand('openapi', 'Prints the OpenAPI document of the backend.').action(async () => {
    // A preview makes the routes known and nothing else, so it connects to no database.
    const module = AppModule.forRoot({ databaseUrl: '', auth: { secret: '' } });
    const options = { preview: true, logger: false } as const;
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options);
    console.log(JSON.stringify(await describeApi(app), null, 2));
  }),
);
