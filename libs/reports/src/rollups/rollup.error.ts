/** Days of the table cannot be stored or read. Retrying does not help: the options or the database must change. */
export class RollupError extends Error {
  constructor(message: string) {
    super(`ReportsModule: ${message}`);
    this.name = new.target.name;
  }
}
