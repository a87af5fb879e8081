import 'reflect-metadata';
import { plainToInstance, Transform, type TransformFnParams } from 'class-transformer';
import { IsByteLength, IsIn, IsInt, IsOptional, Matches, Max, Min, validateSync } from 'class-validator';

/** `Number` alone would also read `0x50`, `1e3` and blanks. */
function toWholeNumber({ value }: TransformFnParams): unknown {
  return /^\d+$/.test(String(value)) ? Number(value) : value;
}

/**
 * The settings of the host, and the only reader of `process.env`. A setting that is empty counts as not given.
 */
export class Environment {
  @IsIn(['development', 'test', 'production'], { message: 'NODE_ENV must be development, test or production' })
  readonly NODE_ENV: string = 'development';

  @Transform(toWholeNumber)
  @IsInt({ message: 'PORT must be a whole number from 0 to 65535' })
  @Min(0, { message: 'PORT must be a whole number from 0 to 65535' })
  @Max(65535, { message: 'PORT must be a whole number from 0 to 65535' })
  readonly PORT: number = 3000;

  readonly HOST: string = '127.0.0.1';

  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must begin with postgres:// or postgresql://' })
  readonly DATABASE_URL?: string;

  readonly DATA_DIR: string = 'data';

  @IsOptional()
  @IsByteLength(32, undefined, { message: 'JWT_SECRET must have at least 32 bytes' })
  readonly JWT_SECRET?: string;

  @IsOptional()
  @Matches(/^https?:\/\/./, { message: 'JWT_JWKS_URL must begin with https:// or http://' })
  readonly JWT_JWKS_URL?: string;

  readonly JWT_ISSUER?: string;

  readonly JWT_AUDIENCE?: string;

  @Transform(toWholeNumber)
  @IsInt({ message: 'JWT_CLOCK_TOLERANCE_S must be a whole number of seconds from 0 to 300' })
  @Min(0, { message: 'JWT_CLOCK_TOLERANCE_S must be a whole number of seconds from 0 to 300' })
  @Max(300, { message: 'JWT_CLOCK_TOLERANCE_S must be a whole number of seconds from 0 to 300' })
  readonly JWT_CLOCK_TOLERANCE_S: number = 5;

  @Transform(toWholeNumber)
  @IsInt({ message: 'STATEMENT_TIMEOUT_MS must be a whole number of milliseconds from 1' })
  @Min(1, { message: 'STATEMENT_TIMEOUT_MS must be a whole number of milliseconds from 1' })
  readonly STATEMENT_TIMEOUT_MS: number = 10_000;

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
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
