/** A place to log to, which a test can read. */
export class LogLines {
  private text = '';

  write(line: string): void {
    this.text += line;
  }

  get all(): string {
    return this.text;
  }

  /** Every line as what it says. Fails where one is no JSON. */
  get entries(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The lines of requests, of which the last may not be written yet when its answer is there. */
  async requests(count: number): Promise<Record<string, unknown>[]> {
    const deadlineMs = Date.now() + 5_000;
    for (;;) {
      const found = this.entries.filter(({ msg }) => msg === 'request');
      if (found.length >= count || Date.now() > deadlineMs) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
