import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { defineCommand, runCommand } from './command';

runCommand(
  defineCommand('openapi', 'Prints the OpenAPI document of the backend.').action(async () => {
    const { NestFactory } = await import('@nestjs/core');
    const { FastifyAdapter } = await import('@nestjs/platform-fastify');
    const { AppModule } = await import('../app.module.js');
    const { readEnvironment } = await import('../config/environment.js');
    const { describeApi } = await import('../http/api-document.js');
    // The application is never initialized: it verifies no token and connects to no database.
    const module = AppModule.forRoot({ auth: { secret: randomBytes(32).toString('hex') } });
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
    console.log(JSON.stringify(await describeApi(app, readEnvironment().BASE_PATH), null, 2));
  }),
);
