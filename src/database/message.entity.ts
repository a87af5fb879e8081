import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A chat message, reduced to what reports need: its organization, channel, session and time.
 *
 * The primary key orders an organization's messages by time, which makes reports fast; the index does the same for each
 * channel. Migrations create the table: TypeORM does not derive it from this class.
 */
@Entity('messages')
@Index('messages_by_channel', ['organizationId', 'channel', 'createdAt', 'id'])
export class Message {
  @PrimaryColumn('text', { name: 'organization_id' })
  organizationId!: string;

  /** Precise to a millisecond, the unit of reports. */
  @PrimaryColumn('timestamptz', { name: 'created_at', precision: 3 })
  createdAt!: Date;

  /** Orders messages within a millisecond. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  channel!: string;

  @Column('text', { name: 'session_id' })
  sessionId!: string;

  /** The import that added it; null if none did. */
  @Column('integer', { name: 'import_id', nullable: true })
  importId!: number | null;
}
