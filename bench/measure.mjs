/** How things are timed: what is compared takes turns, so that what else the machine does meets all alike. */
import { SingleBar } from 'cli-progress';

/**
 * Runs each of several works in turn, as often as there are rounds.
 *
 * @param works by name; each returns what it measured
 * @returns by name, what was measured in each round
 */
export async function takeTurns(rounds, works) {
  const measured = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) measured[name].push(await work());
  }
  return measured;
}

/** Milliseconds that a work takes. */
export async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
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

/** Shows how far a long step is. On anything but a terminal, it only says what begins. */
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
