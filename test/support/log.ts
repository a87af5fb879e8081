import { eventually } from './eventually';

/** A log destination that a test can read. */
export class LogLines {
  private text = '';

  write(line: string): void {
    this.text += line;
  }

  get all(): string {
    return this.text;
  }

  /** Every line, parsed. Fails if one is not JSON. */
  get entries(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Waits for `count` lines of requests: the last one may be written only after its answer has arrived. */
  async requests(count: number): Promise<Record<string, unknown>[]> {
    return eventually(() => {
      const found = this.entries.filter(({ msg }) => msg === 'request');
      expect(found.length).toBeGreaterThanOrEqual(count);
      return found;
    });
  }
}
