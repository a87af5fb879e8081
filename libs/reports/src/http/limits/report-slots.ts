/** How many requests of a principal may wait, for each report that it may have at once. */
const WAITING_PER_SLOT = 4;

/** How long a request waits for its turn. */
const MAXIMUM_WAIT_MS = 5_000;

/** Who a report is computed for. */
export interface ReportClient {
  /** The principal of the request; undefined if unknown. */
  principal: string | undefined;
  organizationId: string;
}

/** A client has too many requests at once. */
export class TooManyReportsError extends Error {}

interface Waiting {
  client: ReportClient;
  grant: () => void;
}

/**
 * Shares the capacity for reports between clients. No principal and no organization gets more than its limit, and all
 * together get no more than the database has connections. Of the waiting requests, the one whose principal has the
 * fewest reports is next; among equals, the oldest. So a client with many requests delays others by no more than the
 * report that ends next.
 *
 * All slow organizations together, such as those on a server of a cluster that does not answer, get no more than the
 * limit of one.
 */
export class ReportSlots {
  private readonly running = new Map<string, number>();
  private readonly waiting = new Set<Waiting>();
  private readonly slow = new Set<string>();
  private total = 0;

  /**
   * @param limit number of reports at once for a principal, and for an organization
   * @param capacity number of reports at once for all together
   */
  constructor(
    private readonly limit: number,
    private readonly capacity: number,
  ) {}

  /**
   * Waits for a slot.
   *
   * @param signal abort it to stop waiting
   * @returns a function that releases the slot; must be called once
   * @throws TooManyReportsError if too many requests of the client are waiting already, or if its turn does not come in
   * time
   * @throws the reason of the signal if it is aborted
   */
  async acquire(client: ReportClient, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.isFree(client)) return this.take(client);
    if (this.countWaiting(client) >= WAITING_PER_SLOT * this.limit) throw new TooManyReportsError();
    return this.wait(client, signal);
  }

  /** Records whether the last report on an organization took longer than the database may take. */
  setSlow(organizationId: string, isSlow: boolean): void {
    if (isSlow) this.slow.add(organizationId);
    else this.slow.delete(organizationId);
  }

  private wait(client: ReportClient, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.delete(waiting);
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      const abort = () => {
        leave();
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        leave();
        reject(new TooManyReportsError());
      }, MAXIMUM_WAIT_MS);
      timer.unref();
      const waiting = {
        client,
        grant: () => {
          leave();
          resolve(this.take(client));
        },
      };
      this.waiting.add(waiting);
      signal.addEventListener('abort', abort);
    });
  }

  private take(client: ReportClient): () => void {
    // The organization may have become slow, or fast, by the end of the report.
    const keys = this.keysOf(client);
    this.count(keys, 1);
    return () => {
      this.count(keys, -1);
      for (let next = this.next(); next !== undefined; next = this.next()) next.grant();
    };
  }

  /** The request whose turn it is; undefined if none may have a slot. */
  private next(): Waiting | undefined {
    const free = [...this.waiting].filter(({ client }) => this.isFree(client));
    const [first, ...others] = free;
    return others.reduce((best, other) => (this.load(other) < this.load(best!) ? other : best), first);
  }

  private load({ client }: Waiting): number {
    return this.running.get(principalKey(client)) ?? 0;
  }

  private isFree(client: ReportClient): boolean {
    const isBelowLimit = (key: string) => (this.running.get(key) ?? 0) < this.limit;
    return this.total < this.capacity && this.keysOf(client).every(isBelowLimit);
  }

  private count(keys: string[], change: 1 | -1): void {
    this.total += change;
    for (const key of keys) {
      const running = (this.running.get(key) ?? 0) + change;
      if (running === 0) this.running.delete(key);
      else this.running.set(key, running);
    }
  }

  private keysOf(client: ReportClient): string[] {
    const shared = this.slow.has(client.organizationId) ? ['slow organizations'] : [];
    return [...new Set([principalKey(client), `organization ${client.organizationId}`, ...shared])];
  }

  private countWaiting(client: ReportClient): number {
    const key = principalKey(client);
    return [...this.waiting].filter((waiting) => principalKey(waiting.client) === key).length;
  }
}

function principalKey({ principal, organizationId }: ReportClient): string {
  return principal === undefined ? `organization ${organizationId}` : `principal ${principal}`;
}
