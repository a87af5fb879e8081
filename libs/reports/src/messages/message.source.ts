import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { REPORTS_DATA_SOURCE, REPORTS_OPTIONS, type ReportsOptions } from '../reports.options';
import { runCancellable } from './cancellable-query';
import { checkIndexes } from './index-check';
import type { MessageTable } from './message-table';
import { MessageTableError } from './message-table.error';
import { readMessageTable } from './message-table.reader';
import { MessagesUnavailableError } from './messages-unavailable.error';
import { type MessageStatements, messageStatements } from './statements.sql';

/** The table of messages in the application's data source, and the statements that fit it. */
@Injectable()
export class MessageSource implements OnModuleInit {
  private readonly logger = new Logger('ReportsModule');
  private reading?: Promise<{ table: MessageTable; statements: MessageStatements }>;

  constructor(
    @Inject(REPORTS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(REPORTS_OPTIONS) private readonly options: Pick<ReportsOptions, 'messages'>,
  ) {}

  /**
   * Stops the boot if the table is not as the options say, and warns of indexes that it lacks. A database that is away or
   * too slow does not stop it: then the first report reads the table.
   */
  async onModuleInit(): Promise<void> {
    if (!this.dataSource.isInitialized) return;
    try {
      await this.check();
    } catch (error) {
      const isFault = !(MessagesUnavailableError.unlessFault(error) instanceof MessagesUnavailableError);
      if (isFault || error instanceof MessageTableError) throw error;
      this.logger.warn(`The table of messages could not be checked: ${String(error)}`);
    }
  }

  private async check(): Promise<void> {
    const { table } = await this.read();
    for (const { purpose, statement } of await checkIndexes(this.dataSource, table)) {
      if (statement === undefined) continue;
      this.logger.warn(`No index of ${table.sql} fits ${purpose}, which will be slow. This makes one: ${statement}`);
    }
  }

  /** The table and its statements, read from the catalog once. */
  read(): Promise<{ table: MessageTable; statements: MessageStatements }> {
    this.reading ??= readMessageTable(this.dataSource, this.options.messages)
      .then((table) => ({ table, statements: messageStatements(table) }))
      .catch((error: unknown) => {
        // The next one tries again: the database may have been away.
        this.reading = undefined;
        throw error instanceof MessageTableError ? error : MessagesUnavailableError.unlessFault(error);
      });
    return this.reading;
  }

  /** @throws MessagesUnavailableError when the database is away or too slow */
  async query<Row>(statement: string, parameters: unknown[], signal?: AbortSignal): Promise<Row[]> {
    try {
      return await runCancellable<Row>(this.dataSource, statement, parameters, signal);
    } catch (error) {
      throw signal?.aborted ? error : MessagesUnavailableError.unlessFault(error);
    }
  }
}
