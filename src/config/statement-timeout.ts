import type { EntityManager } from 'typeorm';

/** Time after which the server cancels a statement. */
export class StatementTimeout {
  /** @param milliseconds undefined for no limit */
  constructor(readonly milliseconds?: number) {}

  /** Sets the timeout for the rest of a transaction. */
  async limit(manager: EntityManager): Promise<void> {
    if (this.milliseconds !== undefined) await manager.query(`set local statement_timeout = ${this.milliseconds}`);
  }
}
