import type { BearerOptions } from './auth/bearer.options';
import type { DatabaseAccess } from './database/open-database';
import type { ReportLimits } from './http/limits/report-limits';
import type { MessagesOptions } from './message-table/messages.options';
import type { OpeningHoursProvider } from './opening-hours/scheduled-hours';

/** Options of the module, which a factory passed to `forRootAsync` may compute at startup. */
export interface ReportsOptions<Auth = BearerOptions> {
  /** Who may read reports: how bearer tokens are verified, or the application's own login. */
  auth: Auth;
  /** How the application reaches the database of the messages; default: the TypeORM data source that `dataSource` names. */
  database?: DatabaseAccess;
  /** Which table holds the messages; default: the table `messages` with the default columns of `MessageColumns`. */
  messages?: MessagesOptions;
  /** Longest time between two messages without downtime: a positive whole number of milliseconds; default 120,000. */
  downtimeThreshold?: number;
  /** Finds the opening hours of `hours=scheduled`; default: nobody has any. An `UnavailableError` of it is answered with 503. */
  openingHours?: OpeningHoursProvider;
  /**
   * Whether reports take days of the past from tables that `rollupMigration` has created, as far as `RollupSealer` has filled them;
   * default false. Reports are the same. The database must be a TypeORM data source or a `pg.Pool`. With `true`, the application does
   * not start if the tables are missing; with `where-possible`, reports then read messages only, and the log says so once.
   */
  rollups?: boolean | 'where-possible';
  /** What one HTTP request or one client may use. */
  limits?: ReportLimits;
}

/** Options of a module without routes. */
export type ServiceOptions = Omit<ReportsOptions, 'auth'>;

/** Options that Nest needs before it creates any provider, so they are passed next to the factory of `forRootAsync`. */
export interface ReportsPlacement {
  /** First part of the routes: `/<path>/<organization>/chats/availability`; default `backend/reports`. */
  path?: string;
  /** Decorators of the controller, such as `Public()` or `ApiBearerAuth()`. Guards among them run before the module's own. */
  decorators?: ClassDecorator[];
  /** Whether there are routes; default true. Without them, the module only provides `AvailabilityService`, and needs no `auth`. */
  controller?: boolean;
  /** Name of the TypeORM data source that holds the messages, unless `database` is set; default: the unnamed one. */
  dataSource?: string;
  /** Whether other modules get `AvailabilityService` without importing this one; default false. */
  isGlobal?: boolean;
}

/** Where a module without routes is placed. */
export type ServicePlacement = Omit<ReportsPlacement, 'controller'> & { controller: false };
