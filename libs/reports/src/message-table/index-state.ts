import type { IndexCheck } from './index-check';

/** How long the result of a check is used. */
const VALID_MS = 300_000;

/** Which indexes there are. */
export interface Indexes {
  /** Whether one serves reports on an organization. */
  organization: boolean;
  /** Whether some serve reports on a channel, and find the names of channels. */
  channel: boolean;
  /** Whether they do so without reading other channels, so that many channels take no longer than their messages. */
  allChannels: boolean;
}

/** The result of the last check of the indexes, which may be created or dropped while the application runs. */
export class IndexState {
  private checks?: Promise<IndexCheck[]>;
  private validUntilMs = -Infinity;

  /** @param check checks the indexes */
  constructor(private readonly check: () => Promise<IndexCheck[]>) {}

  /**
   * Which indexes there are. They are checked again every five minutes; meanwhile, the result before counts, so that no report waits
   * for a check, or fails with one.
   *
   * @throws what the first check throws
   */
  async read(): Promise<Indexes> {
    const before = this.checks;
    if (performance.now() >= this.validUntilMs) void this.checkNow().catch(() => undefined);
    const [organization, channel] = await (before ?? this.checks)!;
    return {
      organization: organization!.isServed,
      channel: channel?.isServed ?? true,
      allChannels: organization!.isServed && (channel?.isDirect ?? true),
    };
  }

  /** Checks the indexes, unless it has been tried before and fails now. */
  checkNow(): Promise<IndexCheck[]> {
    const before = this.checks;
    this.validUntilMs = performance.now() + VALID_MS;
    this.checks = this.check().catch((error: unknown) => {
      this.validUntilMs = -Infinity;
      this.checks = before;
      if (before) return before;
      throw error;
    });
    return this.checks;
  }
}
