import type { DataSource } from 'typeorm';

/** An import, as listed. */
export interface ImportRecord {
  id: number;
  /** The name of the file, or `-` for standard input. */
  source: string;
  importedAt: Date;
  /** Number of messages read. */
  read: number;
  /** Number of messages that were not in the database before. */
  added: number;
  /** When it was undone; null if it was not. */
  undoneAt: Date | null;
}

/** What was imported, and how to undo it. */
export class ImportLog {
  constructor(private readonly dataSource: DataSource) {}

  /** Lists all imports, the latest first. */
  list(): Promise<ImportRecord[]> {
    return this.dataSource.query(`
      select id, source, imported_at as "importedAt", read::float8, added::float8, undone_at as "undoneAt"
      from imports order by id desc`);
  }

  /**
   * Deletes the messages that an import has added. Those that were there before are kept.
   *
   * @returns the number of deleted messages; undefined if there is no such import, or if it has been undone already
   */
  undo(id: number): Promise<number | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const mark = 'update imports set undone_at = now() where id = $1 and undone_at is null';
      const [, undone] = await manager.query<[[], number]>(mark, [id]);
      if (undone === 0) return undefined;
      const [, deleted] = await manager.query<[[], number]>('delete from messages where import_id = $1', [id]);
      return deleted;
    });
  }
}
