const LONGEST_FOUND = 100;

/** A line of a file cannot be imported. The message names the column if there is one. */
export class LineError extends Error {
  /** The message without what was found, which lines with the same fault share. */
  readonly kind: string;
  /** The text of a line that is not a row. */
  row?: string;

  /**
   * @param line number of the line, starting at 1
   * @param reason in words that follow the line or the column
   * @param details `column` whose value is invalid, and `found`, that value; `row`, the text of a line that is not a row
   */
  constructor(
    readonly line: number,
    reason: string,
    { column, found, row }: { column?: string; found?: unknown; row?: string } = {},
  ) {
    const kind = column === undefined ? reason : `column ${column} ${reason}`;
    super(found === undefined ? kind : `${kind}: ${quote(found)}`);
    this.kind = kind;
    this.row = row;
  }
}

function quote(found: unknown): string {
  const text = JSON.stringify(found);
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}
