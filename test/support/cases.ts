declare global {
  /** Set by the Jest project of `npm run test:long`. */
  var isLongRun: boolean | undefined;
}

/**
 * The number of cases that a generated test tries: all in `npm run test:long`, otherwise a part, by default a
 * twentieth.
 */
export function casesOf(all: number, part = Math.ceil(all / 20)): number {
  return globalThis.isLongRun ? all : part;
}
