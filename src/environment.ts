import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsByteLength, IsIn, IsOptional, Matches, validateSync } from 'class-validator';
import { LOG_LEVELS, type LogLevel } from './logging/log-level';
import { EachOf, isAddressRange, isOrigin, listOf, WholeNumber } from './setting.decorator';

const MOST_REQUESTS = 1_000_000;

/**
 * The settings of the host, and the only reader of `process.env`. A setting that is empty counts as not given.
 */
export class Environment {
  @IsIn(['development', 'test', 'production'], { message: 'NODE_ENV must be development, test or production' })
  readonly NODE_ENV: string = 'development';

  @WholeNumber(0, 65535, 'PORT must be a whole number from 0 to 65535')
  readonly PORT: number = 3000;

  readonly HOST: string = '127.0.0.1';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must begin with postgres:// or postgresql://' })
  readonly DATABASE_URL?: string;

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_REPLICA_URL must begin with postgres:// or postgresql://' })
  readonly DATABASE_REPLICA_URL?: string;

  @WholeNumber(1, 1_000, 'DATABASE_POOL_SIZE must be a whole number of connections from 1 to 1000')
  readonly DATABASE_POOL_SIZE: number = 10;

  readonly DATA_DIR: string = 'data';

  @IsOptional()
  @IsByteLength(32, undefined, { message: 'JWT_SECRET must have at least 32 bytes' })
  readonly JWT_SECRET?: string;

  @IsOptional()
  @Matches(/^https?:\/\/./, { message: 'JWT_JWKS_URL must begin with https:// or http://' })
  readonly JWT_JWKS_URL?: string;

  readonly JWT_ISSUER?: string;

  readonly JWT_AUDIENCE?: string;

  @WholeNumber(0, 300, 'JWT_CLOCK_TOLERANCE_S must be a whole number of seconds from 0 to 300')
  readonly JWT_CLOCK_TOLERANCE_S: number = 5;

  @WholeNumber(1, Infinity, 'STATEMENT_TIMEOUT_MS must be a whole number of milliseconds from 1')
  readonly STATEMENT_TIMEOUT_MS: number = 10_000;

  @WholeNumber(0, MOST_REQUESTS, 'RATE_LIMIT_PER_ADDRESS must be a whole number of requests from 0 to 1000000')
  readonly RATE_LIMIT_PER_ADDRESS: number = 1_200;

  @WholeNumber(0, MOST_REQUESTS, 'RATE_LIMIT_PER_TOKEN must be a whole number of requests from 0 to 1000000')
  readonly RATE_LIMIT_PER_TOKEN: number = 600;

  @IsOptional()
  @Matches(/^rediss?:\/\/./, { message: 'REDIS_URL must begin with redis:// or rediss://' })
  readonly REDIS_URL?: string;

  @IsOptional()
  @EachOf(isAddressRange, 'TRUST_PROXY must be IP addresses or ranges such as 10.0.0.0/8, separated by commas')
  readonly TRUST_PROXY?: string;

  @IsOptional()
  @EachOf(isOrigin, 'CORS_ORIGINS must be origins such as https://app.example, separated by commas')
  readonly CORS_ORIGINS?: string;

  @IsOptional()
  @WholeNumber(1, 65535, 'METRICS_PORT must be a whole number from 1 to 65535')
  readonly METRICS_PORT?: number;

  readonly METRICS_HOST: string = '127.0.0.1';

  @IsOptional()
  @IsIn(LOG_LEVELS, { message: `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}` })
  readonly LOG_LEVEL?: LogLevel;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** How much is logged. On a terminal, what is said at the start should not drown in requests. */
  get logLevel(): LogLevel {
    return this.LOG_LEVEL ?? (this.isProduction ? 'info' : 'warn');
  }

  /** Proxies whose word on the address of a client counts. */
  get trustedProxies(): string[] {
    return this.TRUST_PROXY === undefined ? [] : listOf(this.TRUST_PROXY);
  }

  /** Other sites whose pages may ask. */
  get corsOrigins(): string[] {
    return this.CORS_ORIGINS === undefined ? [] : listOf(this.CORS_ORIGINS);
  }

  /** Whether the database is the embedded one. */
  get isEmbedded(): boolean {
    return this.DATABASE_URL === undefined;
  }

  /** Whether the database is a trial's, which gets sample messages. */
  get wantsSample(): boolean {
    return this.isEmbedded && !this.isProduction;
  }

  /** Whether this is a trial on one machine, which makes a signing secret of its own. */
  get isDemo(): boolean {
    return this.wantsSample && this.JWT_SECRET === undefined && this.JWT_JWKS_URL === undefined;
  }
}

/** The settings do not allow a start. The message names each one and its accepted form. */
export class EnvironmentError extends Error {}

/** Reads the settings. Throws an EnvironmentError if one of them is not of its form. */
export function readEnvironment(variables: Record<string, string | undefined> = process.env): Environment {
  const given = Object.keys(new Environment()).filter((name) => (variables[name] ?? '') !== '');
  const settings = Object.fromEntries(given.map((name) => [name, variables[name]]));
  const environment = plainToInstance(Environment, settings);
  const problems = validateSync(environment).map(({ constraints }) => Object.values(constraints!)[0]);
  if (problems.length > 0) throw new EnvironmentError(problems.join('; '));
  return environment;
}
