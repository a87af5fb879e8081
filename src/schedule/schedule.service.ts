import type { OpeningHours } from '@chat-reports/nestjs';
import { isTransientDatabaseError, runCancellable } from '@chat-reports/nestjs/internal';
import { Injectable, Logger, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { StatementTimeout } from '../config/statement-timeout';
import { openingHoursOf, type Schedule } from './schedule';
import { ScheduleChangedError, SchedulesUnavailableError, ScheduleVersionRequiredError } from './schedule.error';

/** A schedule, and how often it was changed. */
export interface StoredSchedule {
  schedule: Schedule;
  version: number;
}

/** Who changed a schedule, when and to what. */
export interface ScheduleChange {
  version: number;
  changedAt: Date;
  changedBy: string;
  /** Null if it was deleted. */
  schedule: Schedule | null;
}

/**
 * Which version a change may replace: one of those listed, `existing` for whichever there is, `any` also for none. Undefined:
 * none, so that the change fails if there is a schedule.
 */
export type ReplacedVersion = number[] | 'existing' | 'any' | undefined;

/** A change to be made. */
export interface ScheduleChangeRequest {
  organizationId: string;
  replaces: ReplacedVersion;
  /** The subject of a token, or another name for the author of the change. */
  changedBy: string;
}

/** A history has at most this many changes: the latest. */
export const MAXIMUM_CHANGES = 100;

/** Stores the opening hours of organizations. All methods throw a `SchedulesUnavailableError` if the database is unreachable. */
@Injectable()
export class ScheduleService {
  private readonly logger = new Logger(ScheduleService.name);
  /** Those that were begun in the same turn of the event loop, as for all channels of a breakdown. */
  private readonly reads = new Map<string, Promise<StoredSchedule | undefined>>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Optional() private readonly timeout: StatementTimeout = new StatementTimeout(),
  ) {}

  /** Finds a schedule. It is never read from a replica, which may not have the latest change. */
  async find(organizationId: string): Promise<StoredSchedule | undefined> {
    const rows = await this.read<StoredSchedule>(FIND, [organizationId]);
    return rows[0];
  }

  /** Finds the hours of an organization, or a channel's own. */
  async findOpeningHours(organizationId: string, channel?: string): Promise<OpeningHours | undefined> {
    const stored = await this.findOnce(organizationId);
    return stored && openingHoursOf(stored.schedule, channel);
  }

  /** Lists the latest changes, the last one first. */
  async history(organizationId: string, limit = MAXIMUM_CHANGES): Promise<ScheduleChange[]> {
    return this.read<ScheduleChange>(HISTORY, [organizationId, limit]);
  }

  /**
   * Replaces a schedule, or creates it.
   *
   * @returns its version
   * @throws ScheduleVersionRequiredError, ScheduleChangedError if it is not in a version that may be replaced
   */
  async put(schedule: Schedule, request: ScheduleChangeRequest): Promise<number> {
    return this.change(request, schedule, async (manager, version) => {
      const { organizationId, changedBy } = request;
      await manager.query(PUT, [organizationId, version, JSON.stringify(schedule), changedBy]);
    });
  }

  /**
   * Deletes a schedule. Its history remains.
   *
   * @throws ScheduleVersionRequiredError, ScheduleChangedError if it is not in a version that may be deleted
   */
  async delete(request: ScheduleChangeRequest): Promise<void> {
    await this.change(request, null, async (manager) => {
      await manager.query('delete from schedules where organization_id = $1', [request.organizationId]);
    });
  }

  private async change(
    { organizationId, replaces, changedBy }: ScheduleChangeRequest,
    schedule: Schedule | null,
    write: (manager: EntityManager, version: number) => Promise<void>,
  ): Promise<number> {
    const version = await this.orUnavailable(
      this.dataSource.transaction(async (manager) => {
        await this.timeout.limit(manager);
        await manager.query(LOCK, [organizationId]);
        const [{ current, last }] = await manager.query<[{ current: number | null; last: number }]>(VERSIONS, [
          organizationId,
        ]);
        checkReplaced(replaces, current ?? undefined);
        const document = schedule && JSON.stringify(schedule);
        await write(manager, last + 1);
        await manager.query(RECORD, [organizationId, last + 1, document, changedBy]);
        return last + 1;
      }),
    );
    const msg = schedule === null ? 'Schedule deleted' : 'Schedule changed';
    this.logger.log({ msg, organization: organizationId, version, changedBy });
    return version;
  }

  private findOnce(organizationId: string): Promise<StoredSchedule | undefined> {
    const begun = this.reads.get(organizationId);
    if (begun) return begun;
    const read = this.find(organizationId);
    this.reads.set(organizationId, read);
    queueMicrotask(() => this.reads.delete(organizationId));
    return read;
  }

  private read<Row>(statement: string, parameters: unknown[]): Promise<Row[]> {
    return this.orUnavailable(
      runCancellable<Row>(this.dataSource, statement, parameters, {
        server: 'master',
        statementTimeoutMs: this.timeout.milliseconds,
      }),
    );
  }

  private async orUnavailable<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      throw isTransientDatabaseError(error) ? new SchedulesUnavailableError(error) : error;
    }
  }
}

function checkReplaced(replaces: ReplacedVersion, current: number | undefined): void {
  if (replaces === 'any' || (replaces === undefined && current === undefined)) return;
  if (replaces === undefined) throw new ScheduleVersionRequiredError();
  const matches = current !== undefined && (replaces === 'existing' || replaces.includes(current));
  if (!matches) throw new ScheduleChangedError(current);
}

const FIND = 'select document as schedule, version from schedules where organization_id = $1';

const HISTORY = `
  select version, changed_at as "changedAt", changed_by as "changedBy", document as schedule
  from schedule_changes where organization_id = $1 order by version desc limit $2`;

/** Changes of an organization wait for each other, even while there is no row to lock. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('chat-reports schedule ' || $1, 0))`;

/** Version numbers continue after a deletion, so that an ETag never stands for two schedules. */
const VERSIONS = `
  select (select version from schedules where organization_id = $1) as current,
    coalesce((select max(version) from schedule_changes where organization_id = $1), 0) as last`;

const PUT = `
  insert into schedules (organization_id, version, document, updated_by) values ($1, $2, $3, $4)
  on conflict (organization_id) do update
  set version = excluded.version, document = excluded.document, updated_at = now(), updated_by = excluded.updated_by`;

const RECORD = `
  insert into schedule_changes (organization_id, version, document, changed_by) values ($1, $2, $3, $4)`;
