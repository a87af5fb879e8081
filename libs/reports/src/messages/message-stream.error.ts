/** Someone asks for messages by a value that the column cannot have. */
export class MessageStreamError extends RangeError {
  /**
   * @param field what the value was given as
   * @param explanation the accepted form, in words that follow the name of the field
   */
  constructor(
    readonly field: 'organizationId' | 'channel',
    readonly explanation: string,
  ) {
    super(`${field} ${explanation}`);
    this.name = new.target.name;
  }
}
