import type { RollupSealer, RollupStatus } from '@chat-reports/nestjs';
import type { SingleBar } from 'cli-progress';
import type { DataSource } from 'typeorm';
import { formatCount } from '../text/counts';
import { defineCommand, runCommand, withDatabase } from './command';
import { organizationsOption } from './organization.options';
import { boundary } from './time.options';

interface ForgetOptions {
  organization?: string[];
  from?: Date;
  to?: Date;
}

const rollups = defineCommand(
  'rollups',
  'Stores the gaps of past days, which speeds up reports on them, and prints how many days are stored.',
).action(async () => {
  const { createRollups, hasRollups } = await import('../database/rollups.js');
  await withSource(async (dataSource) => {
    const refusal = await dataSource.transaction(async ({ queryRunner }) =>
      (await hasRollups(queryRunner!)) ? undefined : createRollups(queryRunner!),
    );
    if (refusal !== undefined) throw new Error(refusal);
    await withSealer(dataSource, fill);
  });
});

rollups
  .command('forget')
  .description(
    'Forgets stored days, for example after a partition was dropped. They are stored again from the messages left.',
  )
  .addOption(organizationsOption('organizations whose days to forget; default: all'))
  .option('--from <time>', 'forget only days from then on: an ISO 8601 date or time', boundary('start'))
  .option('--to <time>', 'forget only days until then: an ISO 8601 date (included) or time', boundary('end'))
  .action(async ({ organization: organizationIds, from, to }: ForgetOptions) => {
    if (from !== undefined && to !== undefined && to <= from) throw new Error('--to must be later than --from');
    const forgotten = await withSource((dataSource) =>
      withSealer(dataSource, (sealer) => sealer.forget({ organizationIds, from, to })),
    );
    console.log(`Days forgotten: ${formatCount(forgotten)}`);
  });

rollups
  .command('drop')
  .description('Drops the tables of stored days and the triggers. Reports then read only messages.')
  .action(async () => {
    const { dropRollups } = await import('../database/rollups.js');
    await withSource((dataSource) => dataSource.transaction(({ queryRunner }) => dropRollups(queryRunner!)));
    console.log('The rollups are dropped.');
  });

runCommand(rollups);

async function withSource<Result>(work: (dataSource: DataSource) => Promise<Result>): Promise<Result> {
  const { withDataSource } = await import('../database/data-source.js');
  return withDatabase(({ url }) => withDataSource(url, work));
}

async function withSealer<Result>(
  dataSource: DataSource,
  work: (sealer: RollupSealer) => Promise<Result>,
): Promise<Result> {
  const { rollupSealer } = await import('@chat-reports/nestjs');
  return work(rollupSealer(dataSource));
}

async function fill(sealer: RollupSealer): Promise<void> {
  const bar = await createBar();
  const { isBusy } = await sealer
    .sealPending({
      onProgress: ({ done, total }) => {
        if (total === 0) return;
        if (done === 0) bar.start(total, 0);
        else bar.update(done);
      },
    })
    .finally(() => bar.stop());
  const reason = isBusy
    ? 'another process, perhaps the server, is storing days'
    : 'transactions are open that may still write to them';
  for (const line of describe(await sealer.status(), reason)) console.log(line);
}

/** Shows progress on standard error: as a bar on a terminal, otherwise as a line per second. */
async function createBar(): Promise<SingleBar> {
  const { SingleBar } = await import('cli-progress');
  return new SingleBar({
    format: '[{bar}] {percentage}% | {value} of {total} days | {duration_formatted}',
    noTTYOutput: true,
    notTTYSchedule: 1000,
    hideCursor: true,
    etaAsynchronousUpdate: false,
  });
}

/** @param reason why days are not stored, if there are any */
function describe({ days, marks, oldestUnsealedDay }: RollupStatus, reason: string): string[] {
  const unsealed = oldestUnsealedDay?.toISOString().slice(0, 10);
  return [
    `Days stored: ${formatCount(days)}`,
    ...(marks > 0 ? [`Days changed since: ${formatCount(marks)}`] : []),
    ...(unsealed ? [`Days from ${unsealed} on are not all stored: ${reason}`] : []),
  ];
}
