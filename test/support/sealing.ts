import { rollupSealer } from '@chat-reports/nestjs';
import type { DataSource } from 'typeorm';
import { withDataSource } from '../../src/database/data-source';
import { urlOfDatabase } from './server';

/** Whether every request in this run is answered from stored days as far as possible: `npm run test:rollups`. */
export const usesRollups = process.env.TEST_ROLLUPS === 'on';

/** Errors that a test may have caused: tables, columns or the database itself are gone or locked. */
const TAKEN_AWAY = /ReportsModule: |does not exist|deadlock|terminat|lock timeout/;

/** Ongoing storing, by the name of the database. */
const running = new Map<string, Promise<void>>();

/**
 * Stores all days of the test's messages, so that the next report reads them. It does not wait for open transactions:
 * those of a test have ended, or do not write. Concurrent requests share one storing.
 */
export function sealAtOnce({ options }: DataSource): Promise<void> {
  const { url = '', replication } = options as { url?: string; replication?: { master: { url: string } } };
  const name = new URL(replication?.master.url ?? url).pathname.slice(1);
  const sealing = running.get(name) ?? seal(name).finally(() => running.delete(name));
  running.set(name, sealing);
  return sealing;
}

/** Connects by the name of the database: the address of the server may be that of a proxy. */
async function seal(name: string): Promise<void> {
  try {
    const direct = new URL(urlOfDatabase(process.env.TEST_DATABASE_URL!, name));
    direct.searchParams.set('options', '-c lock_timeout=300');
    await withDataSource(direct.href.replaceAll('+', '%20'), async (dataSource) => {
      await dataSource.query(`
        update messages_rollup_state set pending_until = null, pending_xid = null,
          ready_until = floor((extract(epoch from now()) * 1000 - lateness_ms - 3600000) / day_ms)::integer`);
      await rollupSealer(dataSource).sealPending();
    });
  } catch (error) {
    if (!TAKEN_AWAY.test(String(error))) throw error;
  }
}
