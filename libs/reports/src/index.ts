/** Everything that a backend needs from the library. */

export { REPORTS_OPTIONS, ReportsModule } from './reports.module';
export type { ReportsOptions, ReportsPlacement, ServiceOptions, ServicePlacement } from './reports.options';
export type { BearerOptions } from './auth/bearer.options';
export type { LoginOptions } from './auth/login.options';
export type { QueryFunction } from './database/function.database';
export type { DatabaseAccess } from './database/open-database';
export type { PostgresPool } from './database/pool.database';
export type { TypeOrmDataSource } from './database/type-orm.database';
export type { ReportLimits } from './http/limits/report-limits';
export type {
  MessageColumn,
  MessageColumns,
  MessageFilter,
  MessagesOptions,
  MessageTimeColumn,
} from './message-table/messages.options';

// The service, its requests and its results.
export {
  type AvailabilityRequest,
  AvailabilityService,
  type Channel,
  type CurrentRequest,
  type Edges,
} from './availability/availability.service';
export type {
  AvailabilityBreakdown,
  AvailabilityOverview,
  AvailabilityReport,
  AvailabilityTrend,
  ChannelState,
  CountingReport,
  CurrentAvailability,
  CurrentByChannel,
  ReportFigures,
} from './availability/availability.report';
export type { Availability, Downtime } from './availability/downtime';
export { type Interval, TooManyBucketsError } from './availability/calendar';
export type { Period } from './availability/period';
export { summarize, type Summary } from './availability/summary';
export type { TrendBucket } from './availability/trend';
export { MessageScopeError } from './messages/message-scope.error';
export { MessagesUnavailableError } from './messages/messages-unavailable.error';
export { TooManyGapsError } from './messages/too-many-gaps.error';
export { UnavailableError } from './unavailable.error';

// Opening hours, which the option `openingHours` returns.
export type { ExcludedTime } from './opening-hours/excluded-time';
export type {
  Exclusion,
  OpeningHours,
  OpeningHoursException,
  OpeningHoursVersion,
} from './opening-hours/opening-hours';
export { NoOpeningHoursError, type OpeningHoursProvider } from './opening-hours/scheduled-hours';
export {
  type DailyInterval,
  formatDailyHours,
  formatWeeklyHours,
  OpeningHoursError,
  parseDailyHours,
  parseWeeklyHours,
  type WeeklyHours,
} from './opening-hours/weekly-hours';

// The checks of the table.
export type { IndexCheck } from './message-table/index-check';
export { type ColumnReport, inspectMessages, type MessagesInspection } from './message-table/inspection';
export { MessageTableError } from './message-table/message-table.error';

// The store of rollups.
export { RollupError } from './rollups/rollup.error';
export { type RollupMigration, rollupMigration } from './rollups/rollup-migration';
export {
  type ForgettingScope,
  RollupSealer,
  rollupSealer,
  type SealingOutcome,
  type SealingProgress,
  type SealingRequest,
} from './rollups/rollup-sealer';
export type { RollupStatus } from './rollups/rollup-status';

// The responses, for clients in TypeScript and for routes that return the same.
export { AvailabilityResponse } from './http/responses/availability.response';
export { BreakdownResponse } from './http/responses/breakdown.response';
export { ChannelsResponse } from './http/responses/channels.response';
export { CurrentChannelsResponse } from './http/responses/current-channels.response';
export { CurrentResponse } from './http/responses/current.response';
export { OverviewResponse } from './http/responses/overview.response';
export { TrendResponse } from './http/responses/trend.response';

// The guard of the routes, which tests override.
export { AccessGuard } from './auth/access.guard';

// For the backend's own routes: accept the same bearer tokens, and handle the library's errors as its routes do.
export { BearerGuard } from './auth/bearer.guard';
export { OrganizationGuard } from './auth/organization.guard';
export { type Principal, REPORTS_SCOPE } from './auth/principal';
export { principalOf } from './auth/request-principal';
export { HttpErrorInterceptor } from './http/http-error.interceptor';
