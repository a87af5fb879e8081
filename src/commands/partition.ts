import { partitionByMonth } from '../database/partition';
import { defineCommand, parseOption, runCommand, withDatabase } from './command';

const MAXIMUM_MONTHS = 120;

const parseMonths = parseOption(
  (text) => (/^\d{1,3}$/.test(text) && Number(text) <= MAXIMUM_MONTHS ? Number(text) : undefined),
  () => `must be a whole number of months from 0 to ${MAXIMUM_MONTHS}`,
);

runCommand(
  defineCommand(
    'partition',
    'Keeps the messages of each month in a partition of their own. Run it again before the months ahead are over.',
  )
    .option('--ahead <months>', 'months after the current one that get a partition in advance', parseMonths, 3)
    .action(async ({ ahead }: { ahead: number }) => {
      const { isConverted, created } = await withDatabase((url) => partitionByMonth(url, ahead));
      if (isConverted) console.log('The table of messages is partitioned by month now.');
      console.log(created.length === 0 ? 'Every month has its partition.' : `Created: ${created.join(', ')}`);
    }),
);
