/** Summarizes where a process spent its time, from a profile in the format of `node --cpu-prof`. */

const PACKAGE = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/;
const FUNCTION_COUNT = 15;
const MINIMUM_SHARE = 0.01;

/** @returns rows of two tables: the packages and the functions with the largest shares of the time that was not idle */
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
  const toRow = ([name, time]) => [...name.split('\t'), `${((time / total) * 100).toFixed(1)} %`];
  return {
    byPackage: largestFirst(byPackage)
      .filter(([, time]) => time / total >= MINIMUM_SHARE)
      .map(toRow),
    byFunction: largestFirst(byFunction).slice(0, FUNCTION_COUNT).map(toRow),
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

function largestFirst(map) {
  return [...map].sort(([, one], [, other]) => other - one);
}
