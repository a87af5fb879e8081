import { randomBytes } from 'node:crypto';
import {
  type AvailabilityRequest,
  AvailabilityService,
  type Boundary,
  type Edges,
  explainBoundary,
  parseBoundary,
} from '@chat-reports/nestjs';
import { NestFactory } from '@nestjs/core';
import { Option } from 'commander';
import { AppModule } from '../app.module';
import { defineCommand, parseOption, parseOrganization, runCommand, withDatabase } from './command';
import { breakdownSheet, downtimeSheet, FORMATS, type ReportFormat, type Sheet, trendSheet } from './report.format';

interface Options {
  org: string;
  from: Date;
  to: Date;
  channel?: string;
  edges: Edges;
  by?: 'day' | 'channel';
  format: ReportFormat;
}

const boundary = (name: Boundary) => parseOption((text) => parseBoundary(name, text), explainBoundary);

runCommand(
  defineCommand('report', 'Reports when the chat of an organization was silent.')
    .requiredOption('--org <id>', 'the organization', parseOrganization)
    .requiredOption('--from <time>', 'first instant: an ISO 8601 time, or a date for its beginning', boundary('start'))
    .requiredOption('--to <time>', 'last instant: an ISO 8601 time, or a date for its end', boundary('end'))
    .option('--channel <name>', 'one channel only')
    .addOption(new Option('--edges <how>', 'silence at the edges').choices(['ignore', 'count']).default('ignore'))
    .addOption(
      new Option('--by <part>', 'the days or the channels instead of the downtimes').choices(['day', 'channel']),
    )
    .addOption(new Option('--format <format>', 'how to print it').choices(Object.keys(FORMATS)).default('table'))
    .action(async ({ org: organizationId, from: start, to: end, channel, edges, by, format }: Options) => {
      if (end <= start) throw new Error('--to must be later than --from');
      if (by === 'channel' && channel !== undefined) throw new Error('--channel does not go with --by channel');
      const request: AvailabilityRequest = { organizationId, channel, start, end, edges };
      const sheet = await withAvailability((service) => ask(service, request, by));
      process.stdout.write(FORMATS[format](sheet));
    }),
);

async function ask(service: AvailabilityService, request: AvailabilityRequest, by: Options['by']): Promise<Sheet> {
  switch (by) {
    case undefined:
      return downtimeSheet(await service.report(request), request.edges ?? 'ignore');
    case 'day':
      return trendSheet(await service.trend(request, 'day'));
    case 'channel':
      return breakdownSheet(await service.breakdown(request));
  }
}

async function withAvailability<Result>(ask: (service: AvailabilityService) => Promise<Result>): Promise<Result> {
  return withDatabase(async (databaseUrl) => {
    // No request comes in here, so there is no token to verify: any secret will do.
    const options = { databaseUrl, auth: { secret: randomBytes(32).toString('hex') } };
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(options), {
      logger: false,
      abortOnError: false,
    });
    return ask(app.get(AvailabilityService, { strict: false })).finally(() => app.close());
  });
}
