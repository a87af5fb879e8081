/** Timing. Candidates of a comparison take turns, so that other load on the machine affects all of them alike. */
import { SingleBar } from 'cli-progress';

/**
 * Runs the candidates in turn, once per round.
 *
 * @param candidates functions by name; each returns its measurement
 * @returns the measurements of all rounds, by name
 */
export async function takeTurns(rounds, candidates) {
  const measured = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) measured[name].push(await run());
  }
  return measured;
}

/** Returns how long `work` takes, in milliseconds. */
export async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** Returns the median of one metric of the measurements. */
export function medianOf(measurements, metric) {
  return median(measurements.map((measurement) => measurement[metric]));
}

export function formatMs(ms) {
  return ms < 10 ? ms.toFixed(1) : formatCount(ms);
}

export function formatCount(count) {
  return Math.round(count).toLocaleString('en');
}

export function formatRatio(ratio) {
  return `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}×`;
}

/** Shows the progress of a long step; without a terminal, only its label. */
export async function withProgress(label, total, work) {
  if (!process.stderr.isTTY) console.error(`  ${label}`);
  const bar = new SingleBar({ format: `  {bar} {percentage}% ${label}`, clearOnComplete: true, noTTYOutput: false });
  bar.start(total, 0);
  try {
    return await work((done) => bar.update(done));
  } finally {
    bar.stop();
  }
}
