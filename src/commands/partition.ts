import { defineCommand, parseOption, runCommand, withDatabase } from './command';

const MAXIMUM_MONTHS = 120;

const parseMonths = parseOption(
  (text) => (/^\d{1,3}$/.test(text) && Number(text) <= MAXIMUM_MONTHS ? Number(text) : undefined),
  () => `must be a whole number of months from 0 to ${MAXIMUM_MONTHS}`,
);

runCommand(
  defineCommand(
    'partition',
    'Partitions the messages table by month. Run it again before the partitions created in advance run out.',
  )
    .option('--ahead <months>', 'number of future months to create partitions for', parseMonths, 3)
    .option('--force', 'create more than 240 partitions', false)
    .action(async ({ ahead, force }: { ahead: number; force: boolean }) => {
      const { partitionByMonth } = await import('../database/partition.js');
      const { isConverted, created } = await withDatabase(({ url }) => partitionByMonth(url, ahead, new Date(), force));
      if (isConverted) console.log('The messages table is now partitioned by month.');
      console.log(created.length === 0 ? 'Every month has its partition.' : `Created: ${created.join(', ')}`);
    }),
);
