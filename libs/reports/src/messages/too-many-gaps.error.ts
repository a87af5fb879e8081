/** A range has more gaps than may be read. */
export class TooManyGapsError extends RangeError {
  constructor(maximum: number) {
    super(`The range has more than ${maximum} gaps between messages: choose a shorter one`);
    this.name = new.target.name;
  }
}
