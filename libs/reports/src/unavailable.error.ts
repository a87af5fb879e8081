/** A dependency is temporarily unavailable. Retrying later may help; over HTTP it is a 503. */
export class UnavailableError extends Error {
  /** @param cause the error behind it, which is logged but not sent to clients */
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = new.target.name;
  }
}
