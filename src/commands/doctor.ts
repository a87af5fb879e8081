import type { RollupStatus } from '@chat-reports/nestjs';
import type { DataSource } from 'typeorm';
import { defineCommand, runCommand, withDatabase } from './command';

runCommand(
  defineCommand(
    'doctor',
    'Checks the messages table, its indexes and its rollups, and prints the statement that creates a missing index.',
  ).action(async () => {
    const { inspectMessages } = await import('@chat-reports/nestjs');
    const { withDataSource } = await import('../database/data-source.js');
    const { describeInspection, describeRollups } = await import('./doctor.format.js');
    const inspect = async (source: DataSource) => ({
      inspection: await inspectMessages(source),
      rollups: await inspectRollups(source),
    });
    const { inspection, rollups } = await withDatabase(({ url }) => withDataSource(url, inspect));
    console.log(describeInspection(inspection));
    console.log(describeRollups(rollups));
    if (inspection.indexes.some(({ isServed }) => !isServed)) process.exitCode = 1;
  }),
);

/** What is stored, or why nothing is. */
async function inspectRollups(source: DataSource): Promise<RollupStatus | string> {
  const { RollupError, rollupSealer } = await import('@chat-reports/nestjs');
  const { readEnvironment } = await import('../config/environment.js');
  if (!readEnvironment().usesRollups) return 'ROLLUPS is off';
  try {
    return await rollupSealer(source).status();
  } catch (error) {
    if (error instanceof RollupError) return error.message.replace('ReportsModule: ', '');
    throw error;
  }
}
