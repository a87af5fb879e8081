import type { Period } from './period';

/** Returns how long parts are together. Milliseconds. */
export function lengthOf(parts: readonly Period[]): number {
  return parts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

/** Cuts time out of parts. Both are in order of time and without overlaps. A part that is not cut is not copied. */
export function subtract<Part extends Period>(parts: readonly Part[], cuts: readonly Period[]): Part[] {
  const left: Part[] = [];
  let next = 0;
  for (const part of parts) {
    while (next < cuts.length && cuts[next]!.endMs <= part.startMs) next++;
    let { startMs } = part;
    for (let index = next; index < cuts.length && cuts[index]!.startMs < part.endMs; index++) {
      const cut = cuts[index]!;
      if (startMs < cut.startMs) left.push({ ...part, startMs, endMs: cut.startMs });
      startMs = Math.max(startMs, cut.endMs);
    }
    if (startMs < part.endMs) left.push(startMs === part.startMs ? part : { ...part, startMs });
  }
  return left;
}

/**
 * Returns what lies in each of some periods. All are in order of time and without overlaps; a part may lie in several periods. One
 * that lies whole in a period is not copied: there can be tens of thousands.
 */
export function divide<Part extends Period>(parts: readonly Part[], periods: readonly Period[]): Part[][] {
  let next = 0;
  return periods.map((period) => {
    const inside: Part[] = [];
    while (next < parts.length && parts[next]!.endMs <= period.startMs) next++;
    for (let index = next; index < parts.length && parts[index]!.startMs < period.endMs; index++) {
      const part = parts[index]!;
      const [startMs, endMs] = [Math.max(part.startMs, period.startMs), Math.min(part.endMs, period.endMs)];
      const isWhole = startMs === part.startMs && endMs === part.endMs;
      inside.push(isWhole ? part : { ...part, startMs, endMs });
    }
    return inside;
  });
}
