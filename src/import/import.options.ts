import type { ChatExportName } from './exports/chat-exports';
import type { Column } from './message-row';
import type { TimeOptions } from './rows/time.reader';

/** How to read a file that does not contain all information itself. */
export interface ImportOptions extends TimeOptions {
  /** Of messages without one. */
  organization?: string;
  /** Of messages without one. */
  channel?: string;
  /** The names of the columns in the file. */
  map?: Partial<Record<Column, string>>;
  /** The system that has exported the file. Default: it is CSV or JSON with columns of messages. */
  from?: ChatExportName;
  /** The file in a zip archive. */
  member?: string;
}
