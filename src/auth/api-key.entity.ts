import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A key that lets a program use the API for one organization. Only its hash is stored. */
@Entity('api_keys')
export class ApiKey {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text', { name: 'organization_id' })
  organizationId!: string;

  /** A label chosen by its owner. */
  @Column('text')
  name!: string;

  /** Names of scopes separated by spaces, as in a token. */
  @Column('text')
  scope!: string;

  /** SHA-256 of the key. The key is random enough that it cannot be guessed from an unsalted hash. */
  @Column('bytea', { select: false })
  hash!: Buffer;

  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt!: Date;

  /** When the key stops being accepted; null if never. */
  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** Recorded to the minute; null if the key has never been used. */
  @Column({ type: 'timestamptz', precision: 3, name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
