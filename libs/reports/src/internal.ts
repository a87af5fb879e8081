/** For the host of this repository only. It can change with any version. */

export { bearerTokenOf } from './auth/bearer-token';
export { type Boundary, explainBoundary, parseBoundary } from './availability/boundary';
export { INTERVALS, isTimeZone } from './availability/calendar';
export { formatInstant, parseInstant } from './availability/instant';
export { LocalInstants } from './availability/local-instant';
export { CSV_COLUMNS, CSV_FORMAT, csvFormat } from './http/csv/csv.columns';
export { unguardFormula } from './http/csv/csv.formula';
export { isTransientDatabaseError } from './database/database-error';
export type { QueryOptions } from './database/message-database';
export { REPLICA_LAG_MS, ReplicaLagError } from './database/replica-lag';
export { runCancellable } from './database/type-orm.database';
export { RollupRepository } from './rollups/rollup.repository';
export type { RollupUsage } from './rollups/snapshot';
export { MARKED_BY } from './rollups/marks.sql';
export { ROLLUP_SETTINGS, type RollupSettings } from './rollups/rollup.settings';
export { MessageRepository } from './messages/message.repository';
