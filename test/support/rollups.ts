import { type MessagesOptions, rollupMigration, type RollupSealer } from '@chat-reports/nestjs';
import { RollupRepository, type RollupSettings, type RollupUsage } from '@chat-reports/nestjs/internal';
import type { DataSource } from 'typeorm';
import type { OpenAvailability } from './availability';
import { eventually } from './eventually';

/** Creates the rollups of a messages table, as the migration of a backend does, and replaces existing ones. */
export async function createRollups(
  dataSource: DataSource,
  options: MessagesOptions = {},
  settings?: RollupSettings,
): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const run = (text: string, values: unknown[]) => manager.query<unknown[]>(text, values);
    const { up, down } = await rollupMigration(run, options, settings);
    for (const statement of [...down, ...up]) await manager.query(statement);
  });
}

export async function dropRollups(dataSource: DataSource, options: MessagesOptions = {}): Promise<void> {
  const { down } = await rollupMigration(dataSource, options);
  for (const statement of down) await dataSource.query(statement);
}

/** How many days the reports of a service have covered, and how many of those were read from stored days. */
export function usageOf({ repository }: OpenAvailability): RollupUsage {
  if (repository instanceof RollupRepository) return repository.usage;
  throw new TypeError('The service has no rollups');
}

/** Stores all days, after waiting for transactions of other tests on the same server that prevent it. */
export async function sealAll(sealer: RollupSealer): Promise<void> {
  await eventually(async () => {
    await sealer.sealPending();
    expect(await sealer.status()).toMatchObject({ marks: 0, oldestUnsealedDay: undefined });
  });
}
