import { MetricsOptions, MetricsServer } from '../../src/metrics/metrics.server';
import { Backend } from '../support/backend';
import { TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { GUIDE } from '../support/guide';
import { usesRollups } from '../support/sealing';

const JANUARY = { startDate: '2023-01-01', endDate: '2023-01-31' };
const ROUTE = 'route="/backend/reports/:orgId/chats/availability"';

describe('the metrics', () => {
  let database: TestDatabase;
  let backend: Backend;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(async () => {
    backend = await Backend.start({ databaseUrl: database.url, metrics: new MetricsOptions('127.0.0.1', 0) });
  });
  afterEach(() => backend.close());
  afterAll(() => database.drop());

  const url = () => backend.app.get(MetricsServer, { strict: false }).url;

  /** Asks until a line is there: a request is counted a moment after its answer arrives. */
  function metricsWith(line: string): Promise<string> {
    return eventually(async () => {
      const text = await (await fetch(url())).text();
      expect(text).toContain(line);
      return text;
    });
  }

  it('count requests by method, route and status, and their time', async () => {
    await backend.report(JANUARY);
    await backend.report(JANUARY);
    await backend.report(JANUARY, { authorization: null });
    await metricsWith(`http_requests_total{method="GET",${ROUTE},status="401"} 1`);
    const text = await metricsWith(`http_requests_total{method="GET",${ROUTE},status="200"} 2`);
    expect(text).toContain(`http_requests_total{method="GET",${ROUTE},status="200"} 2`);
    expect(text).toContain(`http_requests_total{method="GET",${ROUTE},status="401"} 1`);
    expect(text).toContain(`http_request_duration_seconds_count{method="GET",${ROUTE}} 3`);
  });

  it('have no labels that a client has made up', async () => {
    for (const path of [
      '/MARKER',
      '/MARKER-2',
      '/admin/MARKER',
      '/backend/reports/MARKER/chats/availability?x=MARKER',
    ]) {
      await fetch(backend.url + path);
    }
    await fetch(`${backend.url}/backend/reports/%zz/chats/availability?MARKER`);
    await metricsWith('http_requests_total{method="GET",route="none",status="400"} 1');
    const text = await metricsWith('http_requests_total{method="GET",route="none",status="404"} 3');
    expect(text).toContain('http_requests_total{method="GET",route="none",status="404"} 3');
    expect(text).toContain('http_requests_total{method="GET",route="none",status="400"} 1');
    expect(text).not.toContain('MARKER');
  });

  it('show how long the statements of reports take, including those that fail', async () => {
    await backend.report(JANUARY);
    await database.dataSource.query('alter table messages rename to renamed');
    await backend.report(JANUARY);
    await database.dataSource.query('alter table renamed rename to messages');
    // With rollups, a report is several statements, and a failed one is tried once more with messages alone.
    const [ok, failed] = usesRollups ? ['[1-9]', '[12]'] : ['1', '1'];
    const text = await metricsWith('kind="report",outcome="failed"} ');
    expect(text).toMatch(new RegExp(`database_query_duration_seconds_count\\{kind="report",outcome="ok"\\} ${ok}\n`));
    expect(text).toMatch(
      new RegExp(`database_query_duration_seconds_count\\{kind="report",outcome="failed"\\} ${failed}\n`),
    );
  });

  it('show how the pool is used, and how the process is doing', async () => {
    await backend.report(JANUARY);
    const text = await metricsWith('process_cpu_seconds_total');
    expect(text).toMatch(/database_pool_connections\{state="total"\} [1-9]/);
    expect(text).toMatch(/database_pool_connections\{state="idle"\} [1-9]/);
    expect(text).toContain('database_pool_connections{state="waiting"} 0');
    expect(text).toMatch(/process_cpu_seconds_total \d/);
  });

  it('are those in the table and the alerts of the guide to operations', async () => {
    await backend.report(JANUARY);
    const text = await metricsWith(`http_requests_total{method="GET",${ROUTE},status="200"} 1`);
    const served = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? [name, `${name}_bucket`] : [name],
    );
    const named = GUIDE.match(/\b(http|database)_\w+(?=[{`[])/g);
    expect(new Set(named).size).toBeGreaterThanOrEqual(5);
    expect(named!.filter((name) => !served.includes(name))).toEqual([]);
  });

  it('are not on the public port, and nothing else is on their own', async () => {
    expect((await fetch(`${backend.url}/metrics`)).status).toBe(404);
    expect((await fetch(url().replace('/metrics', '/health/live'))).status).toBe(404);
    expect((await fetch(url(), { method: 'POST' })).status).toBe(404);
    expect((await fetch(url())).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('say which port is taken', async () => {
    const { port } = new URL(url());
    const metrics = new MetricsOptions('127.0.0.1', Number(port));
    const starting = Backend.start({ databaseUrl: database.url, metrics });
    await expect(starting).rejects.toThrow(`METRICS_PORT ${port} is in use on 127.0.0.1: set another`);
  });
});
