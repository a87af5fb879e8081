import { formatCount } from '../text/counts';
import type { InvalidRow } from './message-file';

const MAXIMUM_KINDS = 20;
const EXAMPLES = 3;

/** Counts invalid rows by their kind, with a few examples of each. */
export class InvalidRows {
  count = 0;
  private readonly kinds = new Map<string, { count: number; examples: string[] }>();

  add({ error, place }: InvalidRow): void {
    this.count++;
    let kind = this.kinds.get(error.kind);
    if (kind === undefined) {
      if (this.kinds.size === MAXIMUM_KINDS) return;
      this.kinds.set(error.kind, (kind = { count: 0, examples: [] }));
    }
    if (++kind.count <= EXAMPLES) kind.examples.push(`${place}: ${error.message}`);
  }

  /** Describes each of the first kinds in a line: how often it occurs, and where. */
  describe(): string[] {
    const lines = [...this.kinds].flatMap(([kind, { count, examples }]) => [
      `${formatCount(count)} × ${kind}`,
      ...examples.map((example) => `  ${example}`),
    ]);
    const counted = [...this.kinds.values()].reduce((sum, { count }) => sum + count, 0);
    const others = formatCount(this.count - counted);
    return counted === this.count ? lines : [...lines, `${others} × other reasons`];
  }
}
