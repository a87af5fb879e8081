/** An organization or channel that its column cannot hold, such as text for a column of integers. */
export class MessageScopeError extends RangeError {
  /**
   * @param field the field of `MessageScope` that has the value
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
