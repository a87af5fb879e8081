import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as fc from 'fast-check';
import { CSV_FORMAT } from './csv.columns';
import { unguardFormula } from './csv.formula';

/** Texts with characters that are special in a spreadsheet. */
const text = fc.string({
  unit: fc.oneof(fc.constantFrom(...'=+-@;,|"\'\t\r\n 1A'), fc.string({ minLength: 1, maxLength: 1 })),
});
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
/** A text that looks like a guarded one is guarded too, so that the guard can be undone. */
const guarded = (value: string) => (FORMULA.test(value.replace(/^'+/, '')) ? `'${value}` : value);

describe('CSV', () => {
  const write = (rows: object[]) => stringify(rows, { ...CSV_FORMAT, columns: ['name', 'value', 'other'] });

  it('is read as it was written, except for texts that would be formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: text, value: fc.integer(), other: text })), (rows) => {
        const expected = rows.map(({ name, value, other }) => ({
          name: guarded(name),
          value: String(value),
          other: guarded(other),
        }));
        // Without the option, the lines of the first text would decide how lines end.
        expect(parse(write(rows), { columns: true, record_delimiter: '\n' })).toEqual(expected);
      }),
    );
  });

  it.each([
    ['=1', "'=1"],
    ["'=1", "''=1"],
    ["''=1", "'''=1"],
    ["'a", "'a"],
    ["'", "'"],
    ['\uff1d1', "'\uff1d1"],
  ])('guards %j as %j, which can be undone', (text, expected) => {
    const [row] = parse<Record<string, string>>(write([{ name: text }]), { columns: true });
    expect(row!.name).toBe(expected);
    expect(unguardFormula(expected)).toBe(text);
  });

  it('has no formula, and the guard can be undone', () => {
    fc.assert(
      fc.property(text, (name) => {
        const [row] = parse<Record<string, string>>(write([{ name }]), { columns: true, record_delimiter: '\n' });
        expect(row!.name).not.toMatch(FORMULA);
        expect(unguardFormula(row!.name!)).toBe(name);
      }),
      { numRuns: 1000 },
    );
  });

  it('has no separator, of any language, outside quotes', () => {
    fc.assert(
      fc.property(text, text, (name, other) => {
        const [, ...lines] = write([{ name, value: 1, other }]).split('\n');
        const unquoted = lines.join('\n').replace(/"(?:[^"]|"")*"/g, '');
        expect(unquoted).toBe(',1,\n');
      }),
    );
  });
});
