/**
 * Compares the product with its alternatives, and writes the results to docs/benchmarks.md:
 *
 *   npm run bench                          all sections
 *   npm run bench -- report http           only these sections; the others stay unchanged in the document
 *   npm run bench -- report --large        includes streams of ten million messages, which takes minutes
 *
 * All comparisons are made within a run: the candidates take turns, and their medians are compared. The benchmarks
 * create their own databases on the PostgreSQL at DATABASE_URL; default: an embedded one.
 */
import { Command } from 'commander';
import { onStop } from '../dist/process.js';
import { BenchServer } from './bench-server.mjs';
import { printSection, writeSection } from './document.mjs';
import { measureBreakdown } from './breakdown.bench.mjs';
import { measureFairness } from './fairness.bench.mjs';
import { measureHours } from './hours.bench.mjs';
import { measureHttp } from './http.bench.mjs';
import { measureImport } from './import.bench.mjs';
import { measurePartitions } from './partitions.bench.mjs';
import { measureReport } from './report.bench.mjs';
import { measureRollups } from './rollups.bench.mjs';
import { measureStart } from './start.bench.mjs';
import { measureTrend } from './trend.bench.mjs';
import { measureUnindexed } from './unindexed.bench.mjs';
import { measureWrites } from './writes.bench.mjs';

const SECTIONS = {
  report: measureReport,
  rollups: measureRollups,
  breakdown: measureBreakdown,
  unindexed: measureUnindexed,
  partitions: measurePartitions,
  http: measureHttp,
  trend: measureTrend,
  hours: measureHours,
  fairness: measureFairness,
  import: measureImport,
  start: measureStart,
  writes: measureWrites,
};

const names = Object.keys(SECTIONS);
const command = new Command('npm run bench --')
  .argument('[sections...]', names.join(', '), (name, chosen = []) => {
    if (!names.includes(name)) command.error(`error: ${name} is not one of ${names.join(', ')}`);
    return [...chosen, name];
  })
  .option('--large', 'include streams of ten million messages')
  .option('--print-only', 'do not write docs/benchmarks.md')
  .parse();
const { large = false, printOnly = false } = command.opts();
const chosen = command.args.length === 0 ? names : names.filter((name) => command.args.includes(name));

const server = await BenchServer.open();
onStop(() => server.close(), { exitCode: 130 });
let missed = 0;
try {
  for (const name of chosen) {
    console.error(`\n${name}`);
    const section = await SECTIONS[name](server, { large });
    printSection(section);
    missed += section.targets?.filter(({ isReached }) => !isReached).length ?? 0;
    if (!printOnly) await writeSection(name, names, { ...section, measuredOn: await server.describe() });
  }
} finally {
  await server.close();
}
process.exitCode = missed > 0 ? 1 : 0;
