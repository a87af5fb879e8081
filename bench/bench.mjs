/**
 * Measures the product beside what it could be compared with, and writes the results to docs/benchmarks.md:
 *
 *   npm run bench                          every section
 *   npm run bench -- report http           these sections; the others stay in the document as they are
 *   npm run bench -- report --large        with streams of ten million messages, which takes minutes
 *
 * Everything is a comparison within one run: what is compared takes turns, and medians are compared. With DATABASE_URL it
 * runs in databases of its own on that PostgreSQL, otherwise on the embedded one.
 */
import { Command } from 'commander';
import { onStop } from '../dist/process.js';
import { BenchServer } from './bench-server.mjs';
import { printSection, writeSection } from './document.mjs';
import { measureHttp } from './http.bench.mjs';
import { measureImport } from './import.bench.mjs';
import { measureReport } from './report.bench.mjs';
import { measureStart } from './start.bench.mjs';
import { measureWrites } from './writes.bench.mjs';

const SECTIONS = {
  report: measureReport,
  http: measureHttp,
  import: measureImport,
  start: measureStart,
  writes: measureWrites,
};

const names = Object.keys(SECTIONS);
const command = new Command('npm run bench --')
  .argument('[sections...]', names.join(', '), (name, chosen = []) => {
    if (!names.includes(name)) command.error(`error: ${name} is none of ${names.join(', ')}`);
    return [...chosen, name];
  })
  .option('--large', 'with streams of ten million messages')
  .option('--print-only', 'leaves docs/benchmarks.md as it is')
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
