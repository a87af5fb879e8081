import type { DataSource } from 'typeorm';

/** Which messages to delete: all messages of an organization, or a part of them. */
export interface DeletionScope {
  organizationId: string;
  channel?: string;
  /** Messages at this instant or later; default: from the first message on. */
  from?: Date;
  /** Messages before this instant; default: up to the last message. */
  to?: Date;
}

const CONDITION = `
  organization_id = $1 and ($2::text is null or channel = $2)
  and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)`;

/** Deletes messages permanently. */
export class MessageDeletion {
  constructor(private readonly dataSource: DataSource) {}

  /** Counts what `delete` would delete. */
  async count(scope: DeletionScope): Promise<number> {
    const statement = `select count(*)::float8 as messages from messages where ${CONDITION}`;
    const [{ messages }] = await this.dataSource.query<[{ messages: number }]>(statement, valuesOf(scope));
    return messages;
  }

  /** @returns the number of messages that were deleted */
  async delete(scope: DeletionScope): Promise<number> {
    const statement = `delete from messages where ${CONDITION}`;
    const [, deleted] = await this.dataSource.query<[[], number]>(statement, valuesOf(scope));
    return deleted;
  }
}

function valuesOf({ organizationId, channel, from, to }: DeletionScope): unknown[] {
  return [organizationId, channel ?? null, from ?? null, to ?? null];
}
