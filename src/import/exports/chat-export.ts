import type { RawRow } from '../message-row';

/** The form in which a chat system exports its messages, or returns them from its API. */
export interface ChatExport {
  /** Whether a file of an archive contains messages. Default: every file does. */
  hasMessages?(member: string): boolean;
  /**
   * Finds the messages in a JSON document or in a line of NDJSON. Events, and notes that nobody in the chat sees, are
   * not messages.
   *
   * @param member path of the file in the archive, or of the file itself; `-` for standard input
   * @returns undefined if the document has another form
   * @throws Error if the messages themselves are missing, in words that follow the line
   */
  messagesOf(document: unknown, member: string): RawRow['values'][] | undefined;
}

/** The objects in a list at one of these paths; undefined if there is none. */
export function listAt<Item>(document: unknown, ...paths: string[][]): Item[] | undefined {
  for (const path of paths) {
    const list = path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null | undefined)?.[key],
      document,
    );
    if (Array.isArray(list)) return list.filter((item) => typeof item === 'object' && item !== null) as Item[];
  }
  return undefined;
}
