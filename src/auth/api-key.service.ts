import { hash, randomBytes } from 'node:crypto';
import { type Principal, UnavailableError } from '@chat-reports/nestjs';
import { isTransientDatabaseError, runCancellable } from '@chat-reports/nestjs/internal';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, IsNull } from 'typeorm';
import { StatementTimeout } from '../config/statement-timeout';
import { ApiKey } from './api-key.entity';
import { DEFAULT_SCOPE } from './default-scope';

/** Prefix of every key, by which people and secret scanners recognize one. */
const PREFIX = 'cr_';
const FORM = /^cr_[\w-]{43}$/;

/** The last use is recorded at most this often, so that not every request writes. */
const LAST_USE_PRECISION = '1 minute';

/** A key to be created. */
export interface ApiKeyRequest {
  organizationId: string;
  name: string;
  /** Scope names separated by spaces; default `reports:read`. */
  scope?: string;
  /** Default: the key is valid until it is revoked. */
  expiresAt?: Date;
}

/** API keys cannot be looked up at the moment. */
export class ApiKeysUnavailableError extends UnavailableError {
  constructor(cause: unknown) {
    super('The API keys cannot be read at the moment', cause);
  }
}

/** Creates, lists, revokes and authenticates API keys. */
@Injectable()
export class ApiKeyService {
  private readonly logger = new Logger(ApiKeyService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Optional() private readonly timeout: StatementTimeout = new StatementTimeout(),
  ) {}

  /** Creates a key. Its text is returned only here and cannot be recovered. */
  async create({
    organizationId,
    name,
    scope = DEFAULT_SCOPE,
    expiresAt,
  }: ApiKeyRequest): Promise<{ key: string; id: string }> {
    const key = PREFIX + randomBytes(32).toString('base64url');
    const row = { organizationId, name, scope, hash: hashOf(key), expiresAt: expiresAt ?? null };
    const { id } = await this.dataSource.getRepository(ApiKey).save(row);
    return { key, id };
  }

  /** Lists all keys, or those of one organization, oldest first. */
  async list(organizationId?: string): Promise<ApiKey[]> {
    return this.dataSource.getRepository(ApiKey).find({
      ...(organizationId !== undefined && { where: { organizationId } }),
      order: { createdAt: 'asc', id: 'asc' },
    });
  }

  /**
   * Revokes a key. Every instance rejects it from the next request on.
   *
   * @param id a UUID
   * @returns undefined if there is no such key, or if it is already revoked
   */
  async revoke(id: string): Promise<ApiKey | undefined> {
    // Within a transaction, the key is not read from a replica.
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(ApiKey, { id, revokedAt: IsNull() }, { revokedAt: new Date() });
      return affected === 1 ? manager.findOneByOrFail(ApiKey, { id }) : undefined;
    });
  }

  /**
   * Finds the principal of a key with one index probe. The result is not cached, and never read from a replica, since
   * the key may have been revoked meanwhile.
   *
   * @returns undefined if there is no such key, or if it is revoked or expired
   * @throws ApiKeysUnavailableError if the database is unreachable or too slow
   */
  async findPrincipal(key: string): Promise<Principal | undefined> {
    if (!FORM.test(key)) return undefined;
    const row = await this.find(key);
    if (row === undefined) return undefined;
    if (row.is_use_due) void this.recordUse(row.id);
    return { subject: `api-key:${row.id}`, organizationIds: [row.organization_id], scopes: row.scope.split(' ') };
  }

  private async find(key: string): Promise<FoundKey | undefined> {
    try {
      const [row] = await runCancellable<FoundKey>(this.dataSource, FIND, [hashOf(key)], {
        server: 'master',
        statementTimeoutMs: this.timeout.milliseconds,
      });
      return row;
    } catch (error) {
      throw isTransientDatabaseError(error) ? new ApiKeysUnavailableError(error) : error;
    }
  }

  /** Records the use in the table and the log. A failure to do so must not fail the request. */
  private async recordUse(id: string): Promise<void> {
    try {
      const [[row]] = await this.dataSource.transaction(async (manager) => {
        await this.timeout.limit(manager);
        return manager.query<[UsedKey[], number]>(RECORD_USE, [id]);
      });
      if (row) this.logger.log({ msg: 'API key used', keyId: id, ...row });
    } catch (error) {
      this.logger.warn(`The use of an API key could not be recorded: ${String(error)}`);
    }
  }
}

/** What the log says about a key. The key itself is never logged. */
interface UsedKey {
  organization: string;
  name: string;
}

interface FoundKey {
  id: string;
  organization_id: string;
  scope: string;
  /** Whether the recorded last use is out of date. */
  is_use_due: boolean;
}

const FIND = `
  select id, organization_id, scope,
    coalesce(last_used_at < now() - interval '${LAST_USE_PRECISION}', true) as is_use_due
  from api_keys
  where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`;

/** If several requests arrive at once, one of them writes. */
const RECORD_USE = `
  update api_keys set last_used_at = now()
  where id = $1 and coalesce(last_used_at < now() - interval '${LAST_USE_PRECISION}', true)
  returning organization_id as organization, name`;

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
