export { ReportsModule } from './reports.module';
export type { ReportsOptions, ReportsPlacement } from './reports.options';
export type { BearerOptions } from './auth/bearer.options';
export { BearerGuard } from './auth/bearer.guard';
export { BearerStrategy } from './auth/bearer.strategy';
export { type Caller, REPORTS_SCOPE } from './auth/caller';
export type { LoginOptions } from './auth/login.options';
export {
  type AvailabilityBreakdown,
  type AvailabilityReport,
  type AvailabilityRequest,
  AvailabilityService,
  type AvailabilityTrend,
  type CurrentAvailability,
  type Edges,
} from './availability/availability.service';
export {
  AvailabilityResponse,
  BreakdownResponse,
  CSV_COLUMNS,
  TrendResponse,
} from './availability/availability.response';
export { type Interval, INTERVALS, isTimeZone, TooManyBucketsError } from './availability/calendar';
export type { Availability, Downtime } from './availability/downtime';
export { formatInstant, parseInstant } from './availability/instant';
export { type Boundary, explainBoundary, parseBoundary, type Period } from './availability/period';
export { summarize, type Summary } from './availability/summary';
export type { TrendBucket } from './availability/trend';
export { runCancellable } from './messages/cancellable-query';
export { type ColumnReport, inspectMessages, type MessagesInspection } from './messages/inspection';
export type { IndexCheck } from './messages/index-check';
export { MessageStreamError } from './messages/message-stream.error';
export { MessageTableError } from './messages/message-table.error';
export type { MessageColumns, MessageFilter, MessagesOptions } from './messages/messages.options';
export { MessagesUnavailableError } from './messages/messages-unavailable.error';
export { UnavailableError } from './unavailable.error';
export { UnavailableFilter } from './unavailable.filter';
