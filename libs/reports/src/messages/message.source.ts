import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { MESSAGE_DATABASE, type MessageDatabase, type TransactionQuery } from '../database/message-database';
import { checkIndexes } from '../message-table/index-check';
import { type Indexes, IndexState } from '../message-table/index-state';
import { findWarnings } from '../message-table/inspection';
import type { MessageTable } from '../message-table/message-table';
import { MessageTableError } from '../message-table/message-table.error';
import { readMessageTable } from '../message-table/message-table.reader';
import { MESSAGES_OPTIONS, type MessagesOptions } from '../message-table/messages.options';
import { type Sql, sql } from '../message-table/sql.fragment';
import { DatabaseClock } from './database-clock';
import { checkScope, type MessageScope } from './message-scope';
import { MessageScopeError } from './message-scope.error';
import { MessagesUnavailableError } from './messages-unavailable.error';

const DATABASE_CLOCK = sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`;

/** A larger difference between clocks than a slow network can cause. */
const TOLERATED_DIFFERENCE_MS = 5_000;

/** The parts of the source that statements over messages need. */
export type MessageQueries = Pick<MessageSource, 'readTableFor' | 'readIndexes' | 'query' | 'now'>;

/** The messages table in the application's database. */
@Injectable()
export class MessageSource implements OnModuleInit {
  private readonly logger = new Logger('ReportsModule');
  private reading?: Promise<MessageTable>;
  private rereading?: Promise<MessageTable>;
  private readonly indexes = new IndexState(() => this.checkIndexes());
  private readonly clock = new DatabaseClock(() => this.readClock());
  private isClockWrong = false;

  constructor(
    @Inject(MESSAGE_DATABASE) private readonly database: MessageDatabase,
    @Inject(MESSAGES_OPTIONS) private readonly options: MessagesOptions,
  ) {}

  /** False until the application has opened the database. */
  get isOpen(): boolean {
    return this.database.isOpen;
  }

  /**
   * Aborts the startup if the table does not match the options, and warns of missing indexes. If the database is
   * unreachable or slow, the application starts anyway, and the first report reads the definition of the table.
   */
  async onModuleInit(): Promise<void> {
    if (!this.isOpen) return;
    try {
      await this.checkTable();
    } catch (error) {
      const isFault = !(MessagesUnavailableError.unlessFault(error) instanceof MessagesUnavailableError);
      if (isFault || error instanceof MessageTableError) throw error;
      this.logger.warn(`The messages table could not be checked: ${String(error)}`);
    }
  }

  /**
   * Reads the definition of the table from the database catalog, once.
   *
   * @throws MessageTableError if it does not match the options
   * @throws MessagesUnavailableError if the database is unreachable or too slow
   */
  readTable(): Promise<MessageTable> {
    this.reading ??= this.readNow().catch((error: unknown) => {
      // The next call tries again: the database may have been unreachable.
      this.reading = undefined;
      throw error;
    });
    return this.reading;
  }

  /**
   * Does the same, with the same errors, and checks that the columns can hold the values of a scope. If they cannot,
   * the definition is read again first: since the last time, an enum may have got a new label, or a column another
   * type.
   *
   * @throws MessageScopeError naming the field and the accepted form
   */
  async readTableFor(scope: MessageScope): Promise<MessageTable> {
    const table = await this.readTable();
    try {
      checkScope(table, scope);
      return table;
    } catch (error) {
      if (!(error instanceof MessageScopeError)) throw error;
      const current = await this.readTableAgain();
      checkScope(current, scope);
      return current;
    }
  }

  /**
   * The indexes that serve reports on the table, according to the last check.
   *
   * @throws MessagesUnavailableError if the database is unreachable or too slow for the first check
   */
  readIndexes(): Promise<Indexes> {
    return this.indexes.read();
  }

  /**
   * The time that the clock of the database shows now, to the millisecond.
   *
   * @throws MessagesUnavailableError if the database is unreachable or too slow, or the replica too far behind
   */
  now(): Promise<Date> {
    return this.clock.now();
  }

  /** @throws MessagesUnavailableError if the database is unreachable or too slow, or the replica too far behind */
  async query<Row>(statement: Sql, signal?: AbortSignal, kind = 'report'): Promise<Row[]> {
    const { text, values } = statement.toStatement();
    const { maximumReplicaLagMs, statementTimeoutMs } = this.options;
    const limits = { maximumReplicaLagMs, statementTimeoutMs };
    try {
      return await this.database.query<Row>(text, values, { signal, kind, ...limits });
    } catch (error) {
      throw signal?.aborted ? error : MessagesUnavailableError.unlessFault(error);
    }
  }

  /**
   * Runs several statements that see one snapshot of the messages. Call `readTableFor` and `readIndexes` beforehand:
   * while the transaction is open, they would need a second connection.
   *
   * @param lock a statement to run before the snapshot is taken
   * @throws what `query` throws, and what `work` throws
   */
  async readSnapshot<Result>(
    work: (queries: MessageQueries) => Promise<Result>,
    lock: string,
    signal?: AbortSignal,
  ): Promise<Result> {
    const { maximumReplicaLagMs, statementTimeoutMs } = this.options;
    const limits = { maximumReplicaLagMs, statementTimeoutMs };
    const queriesOf = (query: TransactionQuery): MessageQueries => ({
      readTableFor: (scope) => this.readTableFor(scope),
      readIndexes: () => this.readIndexes(),
      now: () => this.now(),
      query: (statement) => {
        const { text, values } = statement.toStatement();
        return query(text, values);
      },
    });
    try {
      return await this.database.transaction!((query) => work(queriesOf(query)), {
        signal,
        kind: 'report',
        lock,
        ...limits,
      });
    } catch (error) {
      throw signal?.aborted ? error : MessagesUnavailableError.unlessFault(error);
    }
  }

  private async readClock(): Promise<number> {
    const beforeMs = Date.now();
    const [row] = await this.query<{ now_ms: number }>(DATABASE_CLOCK, undefined, 'clock');
    this.warnOfDifference(row!.now_ms - (beforeMs + Date.now()) / 2);
    return row!.now_ms;
  }

  /** @param differenceMs how far the database's clock is ahead of this process's */
  private warnOfDifference(differenceMs: number): void {
    const isWrong = Math.abs(differenceMs) > TOLERATED_DIFFERENCE_MS;
    if (isWrong && !this.isClockWrong) {
      const seconds = Math.round(Math.abs(differenceMs) / 1000);
      const side = differenceMs > 0 ? 'behind' : 'ahead of';
      this.logger.warn(`The clock of this process is ${seconds} s ${side} that of the database, which reports go by`);
    }
    this.isClockWrong = isWrong;
  }

  /** Concurrent requests share one reading. */
  private readTableAgain(): Promise<MessageTable> {
    this.rereading ??= this.readNow()
      .then((table) => {
        this.reading = Promise.resolve(table);
        return table;
      })
      .finally(() => (this.rereading = undefined));
    return this.rereading;
  }

  private async readNow(): Promise<MessageTable> {
    try {
      return await readMessageTable(this.database, this.options);
    } catch (error) {
      throw error instanceof MessageTableError ? error : MessagesUnavailableError.unlessFault(error);
    }
  }

  private async checkTable(): Promise<void> {
    const table = await this.readTable();
    const warnings = await findWarnings(this.database, table, await this.indexes.checkNow(), this.options);
    for (const warning of warnings) this.logger.warn(warning);
  }

  private async checkIndexes() {
    const table = await this.readTable();
    try {
      return await checkIndexes(this.database, table, this.options);
    } catch (error) {
      throw MessagesUnavailableError.unlessFault(error);
    }
  }
}
