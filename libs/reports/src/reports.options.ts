import type { BearerOptions } from './auth/bearer.options';
import type { MessagesOptions } from './messages/messages.options';

/** What an application tells the module; a factory of `forRootAsync` may find it out while the application starts. */
export interface ReportsOptions<Auth = BearerOptions> {
  /** Who may ask: how bearer tokens are verified, or the application's own login. */
  auth: Auth;
  /** Where the messages are; default: the table `messages` with the columns that `MessageColumns` names. */
  messages?: MessagesOptions;
  /** Silence of more than this is downtime: whole milliseconds from 1; default 120 000. */
  downtimeThreshold?: number;
}

/** What Nest has to know before it makes anything, so that it stands beside the factory of `forRootAsync`. */
export interface ReportsPlacement {
  /** First part of the routes: `/<path>/<organization>/chats/availability`; default `backend/reports`. */
  path?: string;
  /** Name of the TypeORM data source with the messages; default: the one without a name. */
  dataSource?: string;
}

/** Injection token of the module's options. */
export const REPORTS_OPTIONS = Symbol('REPORTS_OPTIONS');

/** Injection token of the data source with the messages. */
export const REPORTS_DATA_SOURCE = Symbol('REPORTS_DATA_SOURCE');

/** Throws a RangeError that names the option if it makes no sense. */
export function checkThreshold(milliseconds: number): void {
  if (Number.isSafeInteger(milliseconds) && milliseconds > 0) return;
  throw new RangeError('ReportsModule: downtimeThreshold must be whole milliseconds from 1');
}
