/** The module's options do not fit the database. Waiting does not help: one of the two has to be changed. */
export class MessageTableError extends Error {
  constructor(message: string) {
    super(`ReportsModule: ${message}`);
    this.name = new.target.name;
  }
}
