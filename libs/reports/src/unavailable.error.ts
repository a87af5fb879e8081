/** Something that an answer needs cannot be reached at the moment. Asking again later may help. */
export class UnavailableError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = new.target.name;
  }
}
