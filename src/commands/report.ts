import { randomBytes } from 'node:crypto';
import { AvailabilityService, type Boundary, explainBoundary, parseBoundary } from '@chat-reports/nestjs';
import { NestFactory } from '@nestjs/core';
import { Option } from 'commander';
import { AppModule } from '../app.module';
import { defineCommand, parseOption, runCommand, withDatabase } from './command';
import { FORMATS, type ReportFormat } from './report.format';

interface Options {
  org: string;
  from: Date;
  to: Date;
  channel?: string;
  format: ReportFormat;
}

const boundary = (name: Boundary) => parseOption((text) => parseBoundary(name, text), explainBoundary);

runCommand(
  defineCommand('report', 'Reports when the chat of an organization was silent.')
    .requiredOption('--org <id>', 'the organization')
    .requiredOption('--from <time>', 'first instant: an ISO 8601 time, or a date for its beginning', boundary('start'))
    .requiredOption('--to <time>', 'last instant: an ISO 8601 time, or a date for its end', boundary('end'))
    .option('--channel <name>', 'one channel only')
    .addOption(new Option('--format <format>', 'how to print it').choices(Object.keys(FORMATS)).default('table'))
    .action(async ({ org: organizationId, from: start, to: end, channel, format }: Options) => {
      if (end <= start) throw new Error('--to must be later than --from');
      const report = await withAvailability((service) => service.report({ organizationId, channel, start, end }));
      process.stdout.write(FORMATS[format](report));
    }),
);

async function withAvailability<Result>(ask: (service: AvailabilityService) => Promise<Result>): Promise<Result> {
  return withDatabase(async (databaseUrl) => {
    // No request comes in here, so there is no token to verify: any secret will do.
    const options = { databaseUrl, jwtSecret: randomBytes(32).toString('hex') };
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(options), {
      logger: false,
      abortOnError: false,
    });
    return ask(app.get(AvailabilityService, { strict: false })).finally(() => app.close());
  });
}
