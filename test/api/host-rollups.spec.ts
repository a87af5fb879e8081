import { rollupSealer } from '@chat-reports/nestjs';
import { createLogger } from '../../src/logging/logger';
import { MetricsOptions, MetricsServer } from '../../src/metrics/metrics.server';
import { SealingTask } from '../../src/rollups/sealing.task';
import { Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { LogLines } from '../support/log';
import { dropRollups, sealAll } from '../support/rollups';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };

describe('the rollups of the server', () => {
  let database: TestDatabase;
  let backend: Backend | undefined;

  beforeEach(async () => {
    database = await TestDatabase.create();
    await database.insert([{ at: '2023-01-01T10:00:00Z' }, { at: '2023-01-31T10:00:00Z' }]);
  });
  afterEach(async () => {
    await backend?.close();
    await database.drop();
  });

  const metrics = async () => (await fetch(backend!.app.get(MetricsServer, { strict: false }).url)).text();

  it('are filled in the background, and metrics show what is stored and used', async () => {
    const options = { rollups: { isSealing: true }, metrics: new MetricsOptions('127.0.0.1', 0) };
    // If transactions of other tests hold up the first attempt, the next one would be a minute later.
    await sealAll(rollupSealer(database.dataSource));
    await database.dataSource.query('delete from messages_rollup_days; delete from messages_rollup_spans');
    backend = await Backend.start({ databaseUrl: database.url, ...options });
    await eventually(async () => expect(await metrics()).toContain('rollup_stored_days{table="messages"} 31'));
    const { body } = await backend.report(JANUARY);
    expect(body).toMatchObject({ total_down_time: 30 * 86_400_000 - 120_000 });
    const text = await metrics();
    expect(text).toContain('rollup_report_days_total{source="stored"} 31');
    expect(text).toContain('rollup_report_days_total{source="messages"} 0');
    expect(text).toContain('rollup_stale_marks{table="messages"} 0');
    expect(text).not.toContain('rollup_oldest_unsealed_day_timestamp_seconds{');
  });

  it('may be missing from the start, or disappear while it runs: then reports read messages', async () => {
    const lines = new LogLines();
    const log = createLogger('info', lines);
    backend = await Backend.start({ databaseUrl: database.url, rollups: { isSealing: false }, log });
    const { body: expected } = await backend.report(JANUARY);
    await dropRollups(database.dataSource);
    for (let request = 0; request < 3; request++)
      expect(await backend.report(JANUARY)).toMatchObject({ status: 200, body: expected });
    await backend.close();
    backend = await Backend.start({ databaseUrl: database.url, rollups: { isSealing: false }, log });
    expect(await backend.report(JANUARY)).toMatchObject({ status: 200, body: expected });
    const said = lines.entries.filter(({ msg }) => String(msg).startsWith('Reports read messages only'));
    expect(said).toHaveLength(2);
  });

  it('say once why no days are stored, and store them later', async () => {
    const lines = new LogLines();
    const log = createLogger('info', lines);
    await database.dataSource.query('alter table messages_rollup_spans rename to elsewhere');
    backend = await Backend.start({ databaseUrl: database.url, rollups: { isSealing: true }, log });
    const problems = () => lines.entries.filter(({ msg }) => String(msg).startsWith('No days are stored'));
    await eventually(() => expect(problems()).toHaveLength(1));
    expect(backend.app.get(SealingTask, { strict: false }).status).toBeUndefined();
    expect(await backend.report(JANUARY)).toMatchObject({ status: 200 });
  });
});
