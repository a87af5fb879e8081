/** The module's options do not match the database. Retrying does not help: one of the two must change. */
export class MessageTableError extends Error {
  constructor(message: string) {
    super(`ReportsModule: ${message}`);
    this.name = new.target.name;
  }
}
