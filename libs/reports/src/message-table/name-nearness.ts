const MAXIMUM_NAMES = 10;

/** The names most similar to a misspelled one, the most similar first. */
export function byNearness(name: string, names: string[]): string[] {
  const pairs = pairsOf(name);
  const rank = (other: string) => [...pairsOf(other)].filter((pair) => pairs.has(pair)).length;
  return names.sort((one, other) => rank(other) - rank(one) || one.localeCompare(other)).slice(0, MAXIMUM_NAMES);
}

/** The pairs of adjacent letters. */
function pairsOf(name: string): Set<string> {
  const text = name.toLowerCase();
  return new Set(Array.from(text, (letter, index) => letter + (text[index + 1] ?? '')));
}
