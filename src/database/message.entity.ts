import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One chat message, reduced to what a report needs: whose it is, where and when it was sent.
 *
 * The primary key orders an organization's messages in time, which is what makes the report fast; the index does the
 * same for one channel. Migrations make the table: this class creates nothing.
 */
@Entity('messages')
@Index('messages_by_channel', ['organizationId', 'channel', 'createdAt', 'id'])
export class Message {
  @PrimaryColumn('text', { name: 'organization_id' })
  organizationId!: string;

  /** To the millisecond, the unit in which reports count. */
  @PrimaryColumn('timestamptz', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** Orders messages of the same millisecond. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  channel!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;
}
