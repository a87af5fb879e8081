import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsByteLength, IsIn, IsOptional, Matches, validateSync } from 'class-validator';
import { describeFound } from './found-value';
import { LOG_LEVELS, type LogLevel } from './log-level';
import {
  isAddressRange,
  isBasePath,
  isConversationUrl,
  isOrigin,
  isPlainUrl,
  ListOf,
  Passes,
  splitList,
  WholeNumber,
} from './setting.decorator';

const MAXIMUM_REQUESTS = 1_000_000;

/** The settings of the host. An empty setting counts as not set. */
export class Environment {
  @IsIn(['development', 'test', 'production'], { message: 'NODE_ENV must be development, test or production' })
  readonly NODE_ENV: string = 'development';

  @WholeNumber(0, 65535, 'PORT must be a whole number from 0 to 65535')
  readonly PORT: number = 3000;

  readonly HOST: string = '127.0.0.1';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must begin with postgres:// or postgresql://' })
  readonly DATABASE_URL?: string;

  @IsIn(['on', 'off'], { message: 'START_WITHOUT_DATABASE must be on or off' })
  readonly START_WITHOUT_DATABASE: string = 'off';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_REPLICA_URL must begin with postgres:// or postgresql://' })
  readonly DATABASE_REPLICA_URL?: string;

  @WholeNumber(0, 86_400, 'DATABASE_REPLICA_LAG_S must be a whole number of seconds from 0 to 86400')
  readonly DATABASE_REPLICA_LAG_S: number = 60;

  @WholeNumber(1, 1_000, 'DATABASE_POOL_SIZE must be a whole number of connections from 1 to 1000')
  readonly DATABASE_POOL_SIZE: number = 10;

  readonly DATA_DIR: string = 'data';

  @IsOptional()
  @IsByteLength(32, undefined, { message: 'JWT_SECRET must have at least 32 bytes' })
  readonly JWT_SECRET?: string;

  @IsOptional()
  @Passes(isPlainUrl, 'JWT_JWKS_URL must begin with https:// or http:// and must not contain a user name or password')
  readonly JWT_JWKS_URL?: string;

  readonly JWT_ISSUER?: string;

  readonly JWT_AUDIENCE?: string;

  @WholeNumber(0, 300, 'JWT_CLOCK_TOLERANCE_S must be a whole number of seconds from 0 to 300')
  readonly JWT_CLOCK_TOLERANCE_S: number = 5;

  @WholeNumber(1, 2_147_483_647, 'STATEMENT_TIMEOUT_MS must be a whole number of milliseconds from 1 to 2147483647')
  readonly STATEMENT_TIMEOUT_MS: number = 10_000;

  @IsIn(['on', 'off'], { message: 'ROLLUPS must be on or off' })
  readonly ROLLUPS: string = 'on';

  @WholeNumber(0, 100_000, 'MAX_RANGE_DAYS must be a whole number of days from 0 to 100000')
  readonly MAX_RANGE_DAYS: number = 1_827;

  @WholeNumber(0, 10_000_000, 'MAX_ROWS must be a whole number from 0 to 10000000')
  readonly MAX_ROWS: number = 50_000;

  @IsOptional()
  @WholeNumber(1, 1_000, 'MAX_CONCURRENT_REPORTS must be a whole number from 1 to 1000')
  readonly MAX_CONCURRENT_REPORTS?: number;

  @WholeNumber(1, 100_000, 'MAX_CONNECTIONS must be a whole number from 1 to 100000')
  readonly MAX_CONNECTIONS: number = 1_000;

  @WholeNumber(0, MAXIMUM_REQUESTS, 'RATE_LIMIT_PER_ADDRESS must be a whole number of requests from 0 to 1000000')
  readonly RATE_LIMIT_PER_ADDRESS: number = 1_200;

  @WholeNumber(0, MAXIMUM_REQUESTS, 'RATE_LIMIT_PER_TOKEN must be a whole number of requests from 0 to 1000000')
  readonly RATE_LIMIT_PER_TOKEN: number = 600;

  @IsOptional()
  @Matches(/^rediss?:\/\/./, { message: 'REDIS_URL must begin with redis:// or rediss://' })
  readonly REDIS_URL?: string;

  @IsOptional()
  @ListOf(isAddressRange, 'TRUST_PROXY must be IP addresses or ranges such as 10.0.0.0/8, separated by commas')
  readonly TRUST_PROXY?: string;

  @IsOptional()
  @Passes(isBasePath, 'BASE_PATH must be a path such as /tools/chat, and not begin with /admin, /backend or /health')
  readonly BASE_PATH?: string;

  @IsOptional()
  @Passes(isConversationUrl, 'CONVERSATION_URL must be a URL such as https://chat.example/{session_id}')
  readonly CONVERSATION_URL?: string;

  @IsOptional()
  @ListOf(isOrigin, 'CORS_ORIGINS must be origins such as https://app.example, separated by commas')
  readonly CORS_ORIGINS?: string;

  @IsOptional()
  @WholeNumber(0, 65535, 'METRICS_PORT must be a whole number from 0 to 65535')
  readonly METRICS_PORT?: number;

  readonly METRICS_HOST: string = '127.0.0.1';

  @IsOptional()
  @IsIn(LOG_LEVELS, { message: `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}` })
  readonly LOG_LEVEL?: LogLevel;

  @IsOptional()
  @IsIn(['on', 'off'], { message: 'API_DOCS must be on or off' })
  readonly API_DOCS?: string;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /**
   * The log level. By default requests are logged only in production: elsewhere they would bury the text printed at
   * startup.
   */
  get logLevel(): LogLevel {
    return this.LOG_LEVEL ?? (this.isProduction ? 'info' : 'warn');
  }

  /** Whether to serve the page that browses the API. By default it is not in production. */
  get servesApiDocs(): boolean {
    return (this.API_DOCS ?? (this.isProduction ? 'off' : 'on')) === 'on';
  }

  /** How far the replica may lag behind, in milliseconds; undefined if that is not checked. */
  get maximumReplicaLagMs(): number | undefined {
    return this.DATABASE_REPLICA_LAG_S === 0 ? undefined : this.DATABASE_REPLICA_LAG_S * 1_000;
  }

  /** Addresses and address ranges of proxies whose `X-Forwarded-For` is trusted. */
  get trustedProxies(): string[] {
    return this.TRUST_PROXY === undefined ? [] : splitList(this.TRUST_PROXY);
  }

  /** Allowed CORS origins. */
  get corsOrigins(): string[] {
    return this.CORS_ORIGINS === undefined ? [] : splitList(this.CORS_ORIGINS);
  }

  /** Whether to run the embedded database. */
  get isEmbedded(): boolean {
    return this.DATABASE_URL === undefined;
  }

  /** Whether the server starts while its database is away, and waits for it. */
  get startsWithoutDatabase(): boolean {
    return this.START_WITHOUT_DATABASE === 'on';
  }

  /** Whether reports read stored days, and the server stores them. */
  get usesRollups(): boolean {
    return this.ROLLUPS === 'on';
  }

  /** Whether to load the sample messages into an empty database. */
  get loadsSample(): boolean {
    return this.isEmbedded && !this.isProduction;
  }

  /** Whether the server runs without configuration, to be tried out. It then generates its signing secret. */
  get isDemo(): boolean {
    return this.loadsSample && this.JWT_SECRET === undefined && this.JWT_JWKS_URL === undefined;
  }
}

/** Settings are missing or invalid. The message names each of them, what was found unless it may be secret, and the accepted form. */
export class EnvironmentError extends Error {}

/**
 * Reads and validates the settings. Nothing outside this file uses `process.env`.
 *
 * @throws EnvironmentError listing every setting that does not have its accepted form
 */
export function readEnvironment(variables: Record<string, string | undefined> = process.env): Environment {
  const given = Object.keys(new Environment()).filter((name) => isGiven(name, variables[name]));
  const settings = Object.fromEntries(given.map((name) => [name, variables[name]]));
  const environment = plainToInstance(Environment, settings);
  const problems = validateSync(environment).map(
    ({ property, constraints }) => Object.values(constraints!)[0]! + describeFound(property, variables[property]!),
  );
  if (problems.length > 0) throw new EnvironmentError(problems.join('; '));
  return environment;
}

/**
 * Kubernetes sets `METRICS_PORT=tcp://10.0.0.1:9090` in every container of a namespace that has a service named `metrics`.
 * https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
function isGiven(name: string, value = ''): boolean {
  const isOfKubernetes = name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value);
  return value !== '' && !isOfKubernetes;
}

/**
 * Removes the variables that PostgreSQL's clients read, such as PGSSLMODE, from the environment of this process. They are
 * for another database than the embedded one.
 */
export function removePostgresVariables(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('PG')) delete process.env[name];
}
