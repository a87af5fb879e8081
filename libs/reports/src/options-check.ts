/** Checks the options of the module, which may come from JavaScript or from a configuration that nothing has checked. */

import type { AuthOptions } from './auth/auth.options';
import type { BearerOptions } from './auth/bearer.options';
import type { LoginOptions } from './auth/login.options';
import type { ReportLimits } from './http/limits/report-limits';
import type { MessageColumns, MessageFilter, MessagesOptions } from './message-table/messages.options';
import { byNearness } from './message-table/name-nearness';
import type { ReportsOptions, ReportsPlacement } from './reports.options';

/** @throws RangeError naming the option and the accepted form */
type Check = (value: unknown, name: string) => void;

/** Checks by the name of the option: a record, so that the compiler finds a name that is missing. */
type Checks<Options> = Record<keyof Options, Check>;

const text = mustBe('a string that is not empty', (value) => typeof value === 'string' && value !== '');
const callback = mustBe('a function', (value) => typeof value === 'function');
const flag = mustBe('true or false', (value) => typeof value === 'boolean');
const nonNegative = mustBe('a number of at least 0', (value) => typeof value === 'number' && value >= 0);
const limit = mustBe(
  'a whole number of at least 1, or Infinity',
  (value) => value === Infinity || (Number.isSafeInteger(value) && (value as number) >= 1),
);
/** Checked where they are used. */
const unchecked: Check = () => undefined;

const login = section<LoginOptions>({ guard: callback, organizations: callback });

const bearer = section<BearerOptions>({
  secret: unchecked,
  jwksUrl: unchecked,
  issuer: text,
  audience: text,
  clockToleranceSeconds: nonNegative,
  findCaller: callback,
  organizationsOf: callback,
});

const column = nameOr({ sql: text });

const messages = section<MessagesOptions>({
  schema: text,
  table: text,
  from: text,
  columns: section<MessageColumns>({
    organization: nameOr({ sql: text, value: text }),
    channel: (value, name) => {
      if (value !== null) column(value, name);
    },
    session: column,
    createdAt: nameOr({
      sql: text,
      column,
      epoch: mustBe('ms or s', (value) => value === 'ms' || value === 's'),
      timeZone: text,
    }),
    id: column,
  }),
  filter: section<MessageFilter>({ where: text, parameters: mustBe('an object', isObject) }),
  maximumReplicaLagMs: nonNegative,
  statementTimeoutMs: mustBe(
    'a whole number of milliseconds from 0 to 2147483647',
    (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31,
  ),
});

const options = section<ReportsOptions<AuthOptions>>({
  auth: (value, name) =>
    (isObject(value) && ('guard' in value || 'organizations' in value) ? login : bearer)(value, name),
  messages,
  downtimeThreshold: mustBe(
    'a positive whole number of milliseconds',
    (value) => Number.isSafeInteger(value) && (value as number) > 0,
  ),
  openingHours: callback,
  database: unchecked,
  rollups: mustBe('true, false or where-possible', (value) => typeof value === 'boolean' || value === 'where-possible'),
  limits: section<ReportLimits>({ rangeDays: limit, rows: limit, concurrency: limit }),
});

const PLACEMENT: Checks<ReportsPlacement> = {
  path: mustBe('a string', (value) => typeof value === 'string'),
  decorators: mustBe('an array of decorators', Array.isArray),
  controller: flag,
  dataSource: unchecked,
  isGlobal: flag,
};

/** Names of the options that are passed next to the factory of `forRootAsync`. */
export const PLACEMENT_NAMES = Object.keys(PLACEMENT) as (keyof ReportsPlacement)[];

/** @throws RangeError naming the option and the accepted form */
export function checkPlacement(given: ReportsPlacement): void {
  for (const name of PLACEMENT_NAMES) if (given[name] !== undefined) PLACEMENT[name](given[name], name);
}

/**
 * Checks the options that may come from a factory.
 *
 * @param hasRoutes whether they need `auth`
 * @throws RangeError naming the option and the accepted form
 */
export function checkOptions<Options extends Partial<ReportsOptions<AuthOptions>>>(
  given: Options | undefined,
  hasRoutes: boolean,
): Options {
  if (given === undefined) {
    throw invalid('there are no options: pass them to forRoot, or return them from the factory of forRootAsync');
  }
  const misplaced = PLACEMENT_NAMES.find((name) => name in given);
  if (misplaced) throw invalid(`${misplaced} is not returned by the factory, but passed next to it`);
  options(given, '');
  if (hasRoutes && given.auth === undefined) {
    throw invalid('auth is required: { secret } for bearer tokens, or { organizations } for your own login');
  }
  if (given.auth && 'guard' in given.auth && !given.auth.organizations) {
    throw invalid(
      'auth.guard needs auth.organizations, which returns the organizations whose reports a request may read',
    );
  }
  return given;
}

/** Checks an object with options. Undefined is the same as not given. */
function section<Options>(checks: Checks<Options>): Check {
  return (value, name) => {
    if (!isObject(value)) throw invalid(`${name} must be an object`);
    const prefix = name && `${name}.`;
    for (const [key, given] of Object.entries(value)) {
      if (!Object.hasOwn(checks, key)) {
        throw invalid(
          `${prefix}${key} is not an option; the options are ${byNearness(key, Object.keys(checks)).join(', ')}`,
        );
      }
      if (given !== undefined) checks[key as keyof Options](given, prefix + key);
    }
  };
}

/** The name of a column, or an object that describes it. */
function nameOr<Description>(checks: Checks<Description>): Check {
  const description = section(checks);
  return (value, name) => (isObject(value) ? description : text)(value, name);
}

function mustBe(form: string, isValid: (value: unknown) => boolean): Check {
  return (value, name) => {
    if (!isValid(value)) throw invalid(`${name} must be ${form}`);
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(problem: string): RangeError {
  return new RangeError(`ReportsModule: ${problem}`);
}
