/**
 * How far a replica lags behind, in milliseconds, as an SQL expression; null on a primary, and on a replica that has applied all
 * it has received. The time since the last applied transaction alone would grow while the primary has nothing to send.
 */
export const REPLICA_LAG_MS = `
  case when pg_is_in_recovery() and pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()
    then (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::float8 end`;

/** A replica lags so far behind that its messages would give a wrong report. It catches up by itself. */
export class ReplicaLagError extends Error {
  constructor(lagMs: number, maximumMs: number) {
    const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
    super(`the replica lags ${seconds(lagMs)} s behind, more than the ${seconds(maximumMs)} s that are allowed`);
    this.name = new.target.name;
  }
}
