/** Reads where a process spent its time from a profile, which has the form of those that `node --cpu-prof` writes. */

const PACKAGE = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/;
const FUNCTIONS = 15;
const SMALLEST_SHARE = 0.01;

/** @returns rows of a table: packages with their share of the working time, and the functions with the most of it */
export function summarizeProfile({ nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byPackage = new Map();
  const byFunction = new Map();
  let total = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (frame.functionName === '(idle)') return;
    const owner = ownerOf(frame);
    total += timeDeltas[index];
    add(byPackage, owner, timeDeltas[index]);
    add(byFunction, `${frame.functionName || '(anonymous)'}\t${owner}`, timeDeltas[index]);
  });
  const toShare = ([name, time]) => [...name.split('\t'), `${((time / total) * 100).toFixed(1)} %`];
  return {
    byPackage: inOrder(byPackage)
      .filter(([, time]) => time / total >= SMALLEST_SHARE)
      .map(toShare),
    byFunction: inOrder(byFunction).slice(0, FUNCTIONS).map(toShare),
  };
}

function ownerOf({ url, functionName }) {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url === '' || url.startsWith('node:')) return 'Node';
  const name = PACKAGE.exec(url)?.[1];
  if (name !== undefined) return name;
  if (url.includes('/libs/reports/')) return '@chat-reports/nestjs (ours)';
  return 'the host (ours)';
}

function add(map, key, value) {
  map.set(key, (map.get(key) ?? 0) + value);
}

function inOrder(map) {
  return [...map].sort(([, one], [, other]) => other - one);
}
