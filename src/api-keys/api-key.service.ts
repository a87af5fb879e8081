import { hash, randomBytes } from 'node:crypto';
import { type Caller, MessagesUnavailableError, REPORTS_SCOPE, runCancellable } from '@chat-reports/nestjs';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, IsNull } from 'typeorm';
import { ApiKey } from './api-key.entity';

/** What every key begins with, so that people and secret scanners know one when they see it. */
const PREFIX = 'cr_';
const FORM = /^cr_[\w-]{43}$/;

/** How precisely the last use is kept: not every request is to write. */
const LAST_USE_PRECISION = '1 minute';

/** A key as it is to be made. */
export interface ApiKeyRequest {
  organizationId: string;
  name: string;
  /** Without it, the key is valid until it is revoked. */
  expiresAt?: Date;
}

/** Makes, lists and revokes API keys, and knows who brings one. */
@Injectable()
export class ApiKeyService {
  private readonly logger = new Logger(ApiKeyService.name);

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Makes a key. The text of it is in no other answer, and cannot be found again. */
  async create({ organizationId, name, expiresAt }: ApiKeyRequest): Promise<{ key: string; id: string }> {
    const key = PREFIX + randomBytes(32).toString('base64url');
    const row = { organizationId, name, hash: hashOf(key), expiresAt: expiresAt ?? null };
    const { id } = await this.dataSource.getRepository(ApiKey).save(row);
    return { key, id };
  }

  /** All keys, or those of one organization, the oldest first. */
  async list(organizationId?: string): Promise<ApiKey[]> {
    return this.dataSource.getRepository(ApiKey).find({
      ...(organizationId !== undefined && { where: { organizationId } }),
      order: { createdAt: 'asc', id: 'asc' },
    });
  }

  /**
   * Makes a key worthless, from the next request on, in every instance.
   *
   * @param id a UUID
   * @returns false if there is no such key, or it is revoked already
   */
  async revoke(id: string): Promise<boolean> {
    const keys = this.dataSource.getRepository(ApiKey);
    return (await keys.update({ id, revokedAt: IsNull() }, { revokedAt: new Date() })).affected === 1;
  }

  /**
   * Finds who brings a key. It is looked up each time, with one index probe, and never in a replica: what was remembered,
   * or has not arrived yet, could be revoked.
   *
   * @returns undefined if there is no such key, or it is revoked or expired
   * @throws MessagesUnavailableError when the database is away or too slow
   */
  async findCaller(key: string): Promise<Caller | undefined> {
    if (!FORM.test(key)) return undefined;
    const row = await this.find(key);
    if (row === undefined) return undefined;
    if (row.is_use_due) void this.recordUse(row.id);
    return { subject: `api-key:${row.id}`, organizationIds: [row.organization_id], scopes: [REPORTS_SCOPE] };
  }

  private async find(key: string): Promise<FoundKey | undefined> {
    try {
      const [row] = await runCancellable<FoundKey>(this.dataSource, FIND, [hashOf(key)], undefined, 'master');
      return row;
    } catch (error) {
      throw MessagesUnavailableError.unlessFault(error);
    }
  }

  /** A use that is not recorded is no reason not to answer. */
  private async recordUse(id: string): Promise<void> {
    try {
      await this.dataSource.query(RECORD_USE, [id]);
    } catch (error) {
      this.logger.warn(`The use of an API key cannot be recorded: ${String(error)}`);
    }
  }
}

interface FoundKey {
  id: string;
  organization_id: string;
  /** Whether the last use that is recorded is longer ago than the precision. */
  is_use_due: boolean;
}

const FIND = `
  select id, organization_id,
    coalesce(last_used_at < now() - interval '${LAST_USE_PRECISION}', true) as is_use_due
  from api_keys
  where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`;

/** Of several requests at once, one writes. */
const RECORD_USE = `
  update api_keys set last_used_at = now()
  where id = $1 and coalesce(last_used_at < now() - interval '${LAST_USE_PRECISION}', true)`;

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
