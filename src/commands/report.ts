import {
  type AvailabilityRequest,
  AvailabilityService,
  type Edges,
  OpeningHoursError,
  parseWeeklyHours,
  ReportsModule,
} from '@chat-reports/nestjs';
import { type Boundary, explainBoundary, parseBoundary } from '@chat-reports/nestjs/internal';
import { InvalidArgumentError, Option } from 'commander';
import { defineCommand, parseOption, runCommand, withDatabase } from './command';
import { organizationOption } from './organization.options';
import { checkTimeZone } from './time.options';
import { breakdownSheet, downtimeSheet, FORMATS, type ReportFormat, type Sheet, trendSheet } from './report.format';

interface Options {
  organization: string;
  from: string;
  to: string;
  timezone?: string;
  hours?: string;
  channel?: string;
  edges: Edges;
  by?: 'day' | 'channel';
  format: ReportFormat;
}

/** Checks an end of the period, which only the time zone makes an instant. */
const boundary = (name: Boundary) => parseOption((text) => parseBoundary(name, text) && text, explainBoundary);

/** Empty hours are those of a variable that is not set. */
function checkHours(text: string): string {
  try {
    if (text !== '') parseWeeklyHours(text);
    return text;
  } catch (error) {
    throw error instanceof OpeningHoursError ? new InvalidArgumentError(`It ${error.message}.`) : error;
  }
}

runCommand(
  defineCommand('report', "Reports when an organization's chat was silent.")
    .addOption(organizationOption('organization to report on').makeOptionMandatory())
    .requiredOption('--from <time>', 'start of the period: an ISO 8601 date or time', boundary('start'))
    .requiredOption('--to <time>', 'end of the period: an ISO 8601 date (included) or time', boundary('end'))
    .option('--timezone <zone>', 'zone of dates, days and printed times (default: "UTC")', checkTimeZone)
    .option('--hours <hours>', 'opening hours, such as "Mo-Fr 09:00-18:00"; other time does not count', checkHours)
    .option('--channel <name>', 'report only on this channel')
    .addOption(
      new Option('--edges <how>', 'whether silence at the edges of the period counts')
        .choices(['ignore', 'count'])
        .default('ignore'),
    )
    .addOption(new Option('--by <part>', 'list days or channels instead of downtimes').choices(['day', 'channel']))
    .addOption(new Option('--format <format>', 'output format').choices(Object.keys(FORMATS)).default('table'))
    .action(async (options: Options) => {
      const request = requestOf(options);
      const sheet = await withAvailability((service) => createSheet(service, request, options));
      process.stdout.write(FORMATS[options.format](sheet));
    }),
);

function requestOf({
  organization: organizationId,
  from,
  to,
  edges,
  by,
  hours,
  ...options
}: Options): AvailabilityRequest {
  // An empty name is that of a variable which is not set.
  const [channel, timeZone] = [options.channel || undefined, options.timezone || undefined];
  const [start, end] = [parseBoundary('start', from, timeZone)!, parseBoundary('end', to, timeZone)!];
  if (end <= start) throw new Error('--to must be later than --from');
  if (by === 'channel' && channel !== undefined) throw new Error('--channel cannot be combined with --by channel');
  const request = { organizationId, channel, start, end, edges };
  if (!hours) return request;
  if (timeZone === undefined)
    throw new Error('--hours needs --timezone, such as Europe/Berlin, in which they are local times');
  return { ...request, hours: { timeZone, versions: [{ hours: parseWeeklyHours(hours) }] } };
}

async function createSheet(
  service: AvailabilityService,
  request: AvailabilityRequest,
  { by, edges, timezone }: Options,
): Promise<Sheet> {
  const timeZone = timezone || undefined;
  switch (by) {
    case undefined:
      return downtimeSheet(await service.report(request), edges, timeZone);
    case 'day':
      return trendSheet(await service.trend(request, 'day', timeZone), timeZone);
    case 'channel':
      return breakdownSheet(await service.breakdown(request), timeZone);
  }
}

/** Starts nothing of the application but its reports. */
async function withAvailability<Result>(work: (service: AvailabilityService) => Promise<Result>): Promise<Result> {
  const { NestFactory } = await import('@nestjs/core');
  const { readEnvironment } = await import('../config/environment.js');
  const { DatabaseModule } = await import('../database/database.module.js');
  return withDatabase(async ({ url }) => {
    const rollups = readEnvironment().usesRollups && 'where-possible';
    const imports = [DatabaseModule.forRoot(url, {}), ReportsModule.forRoot({ controller: false, rollups })];
    const app = await NestFactory.createApplicationContext(
      { module: class ReportCommand {}, imports },
      { logger: false, abortOnError: false },
    );
    return work(app.get(AvailabilityService, { strict: false })).finally(() => app.close());
  });
}
