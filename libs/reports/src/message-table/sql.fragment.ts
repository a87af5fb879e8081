/** Builds SQL from fragments that carry their own values, so that no code needs to know the number of a parameter. */

/** A value bound to a statement. A parameter that occurs several times is bound once. */
export class Parameter {
  constructor(readonly value: unknown) {}
}

/** SQL text with the parameters in it. */
export class Sql {
  constructor(
    private readonly texts: readonly string[],
    private readonly parts: readonly (Sql | Parameter)[],
  ) {}

  /** Numbers the parameters: the text has `$1`, `$2`, …, and `values` holds what is bound to them, in that order. */
  toStatement(): { text: string; values: unknown[] } {
    const parameters: Parameter[] = [];
    const text = this.write(parameters);
    return { text, values: parameters.map(({ value }) => value) };
  }

  /** @param parameters those numbered so far; new ones are appended */
  private write(parameters: Parameter[]): string {
    return this.parts.reduce<string>((text, part, index) => {
      const written = part instanceof Sql ? part.write(parameters) : `$${numberOf(part, parameters)}`;
      return text + written + this.texts[index + 1]!;
    }, this.texts[0]!);
  }
}

/** Template tag for SQL. The compiler rejects plain strings: use `raw` or `Parameter`. */
export function sql(texts: TemplateStringsArray, ...parts: (Sql | Parameter)[]): Sql {
  return new Sql(texts, parts);
}

/** Verbatim SQL. Never pass text from a request. */
export function raw(text: string | number): Sql {
  return new Sql([String(text)], []);
}

/** Joins fragments or parameters with a separator. */
export function join(parts: (Sql | Parameter)[], separator = ''): Sql {
  return new Sql(['', ...parts.slice(1).map(() => separator), ''], parts);
}

/** Quotes a name so that SQL takes it literally, whatever characters it contains (PostgreSQL's `quote_ident`). */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function numberOf(parameter: Parameter, parameters: Parameter[]): number {
  const index = parameters.indexOf(parameter);
  return index === -1 ? parameters.push(parameter) : index + 1;
}
