/**
 * The guard for texts in CSV that a spreadsheet would evaluate as formulas, or that look as if they were guarded
 * already.
 */

/** The characters with which formulas in spreadsheets begin; the last four are full-width forms. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Puts an apostrophe before a text if it needs the guard. */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Removes the apostrophe that `guardFormula` has put before a text. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}
