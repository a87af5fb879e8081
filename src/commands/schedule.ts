import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { formatInstant } from '@chat-reports/nestjs/internal';
import type { ScheduleService } from '../schedule/schedule.service';
import { escapeControls } from '../text/control-characters';
import { defineCommand, runCommand, withDatabase } from './command';
import { organizationOption } from './organization.options';
import { boundary } from './time.options';

interface ExcludeOptions {
  organization: string;
  from: Date;
  to: Date;
  reason: string;
  channel?: string;
}

/** Who changes a schedule, as its history names them. */
const CHANGED_BY = 'command-line';

const schedule = defineCommand('schedule', 'Shows and changes the opening hours of an organization.');

schedule
  .command('get')
  .description('Prints the schedule of an organization as JSON.')
  .addOption(organizationOption('organization whose schedule to print').makeOptionMandatory())
  .action(async ({ organization }: { organization: string }) => {
    const stored = await withSchedules((schedules) => schedules.find(organization));
    if (stored === undefined) throw noSchedule(organization);
    console.log(JSON.stringify(stored.schedule, undefined, 2));
  });

schedule
  .command('set')
  .description('Replaces the whole schedule of an organization, or creates it.')
  .addOption(organizationOption('organization whose schedule to replace').makeOptionMandatory())
  .argument('<file>', 'JSON file in the form that get prints; - for standard input')
  .action(async (file: string, { organization: organizationId }: { organization: string }) => {
    const { readSchedule } = await import('../schedule/schedule.reader.js');
    const replacement = readSchedule(await readJson(file));
    const request = { organizationId, replaces: 'any', changedBy: CHANGED_BY } as const;
    await withSchedules((schedules) => schedules.put(replacement, request));
    console.log(`The schedule of ${escapeControls(organizationId)} is replaced.`);
  });

schedule
  .command('exclude')
  .description('Adds time that does not count to the schedule of an organization, such as maintenance.')
  .addOption(organizationOption('organization whose schedule to change').makeOptionMandatory())
  .requiredOption('--from <time>', 'start of the exclusion: an ISO 8601 date or time', boundary('start'))
  .requiredOption('--to <time>', 'end of the exclusion: an ISO 8601 date (included) or time', boundary('end'))
  .requiredOption('--reason <text>', 'why the time does not count, as shown in reports')
  .option('--channel <name>', 'change the hours of this channel instead; it must have its own')
  .action(async ({ organization: organizationId, from, to, reason, channel }: ExcludeOptions) => {
    if (to <= from) throw new Error('--to must be later than --from');
    const { withExclusion } = await import('../schedule/schedule.js');
    const { readSchedule } = await import('../schedule/schedule.reader.js');
    const exclusion = { start: formatInstant(from), end: formatInstant(to), reason };
    await withSchedules(async (schedules) => {
      const stored = await schedules.find(organizationId);
      if (stored === undefined) throw noSchedule(organizationId);
      const changed = withExclusion(stored.schedule, exclusion, channel || undefined);
      if (changed === undefined) throw new Error(`The channel ${escapeControls(channel!)} has no hours of its own`);
      const request = { organizationId, replaces: [stored.version], changedBy: CHANGED_BY };
      await schedules.put(readSchedule(changed), request);
    });
    console.log(`Excluded ${exclusion.start} to ${exclusion.end}.`);
  });

runCommand(schedule);

function noSchedule(organizationId: string): Error {
  return new Error(`The organization ${escapeControls(organizationId)} has no schedule`);
}

async function readJson(file: string): Promise<unknown> {
  const content = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  try {
    return JSON.parse(content) as unknown;
  } catch (error) {
    throw new Error(`${file} must be JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Changes are logged in the form of the server's log to standard error. */
async function withSchedules<Result>(work: (schedules: ScheduleService) => Promise<Result>): Promise<Result> {
  const { Logger } = await import('@nestjs/common');
  const { createLogger } = await import('../logging/logger.js');
  const { NestLogger } = await import('../logging/nest.logger.js');
  const { ScheduleService } = await import('../schedule/schedule.service.js');
  const { withDataSource } = await import('../database/data-source.js');
  Logger.overrideLogger(new NestLogger(createLogger('info', process.stderr)));
  return withDatabase(({ url }) => withDataSource(url, (dataSource) => work(new ScheduleService(dataSource))));
}
