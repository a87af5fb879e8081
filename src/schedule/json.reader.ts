/** The fields of a JSON object. */
export type Fields = Record<string, unknown>;

const MAXIMUM_ENTRIES = 200;
const MAXIMUM_TEXT_LENGTH = 200;

/** Reads JSON, and collects problems. What it returns is worth nothing once there is one. */
export class JsonReader {
  readonly problems: string[] = [];

  protected readList<Item>(value: unknown, path: string, read: (item: unknown, path: string) => Item): Item[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.reject(path, 'must be a list');
      return [];
    }
    if (value.length > MAXIMUM_ENTRIES) {
      this.reject(path, `must have at most ${MAXIMUM_ENTRIES} entries, but has ${value.length}`);
      return [];
    }
    return value.map((item, index) => read(item, `${path}[${index}]`));
  }

  protected readObject(value: unknown, path: string, known: string[]): Fields {
    if (!isObject(value)) {
      this.reject(path, `must be an object with ${known.join(', ')}`);
      return {};
    }
    for (const name of Object.keys(value).filter((key) => !known.includes(key)))
      this.reject(`${path && `${path}.`}${name}`, `is not a field here; the fields are ${known.join(', ')}`);
    return value;
  }

  protected readText(value: unknown, path: string): string {
    const isText =
      typeof value === 'string' && value.trim() !== '' && value.length <= MAXIMUM_TEXT_LENGTH && !value.includes('\0');
    if (!isText) this.reject(path, `must be a text of 1 to ${MAXIMUM_TEXT_LENGTH} characters`);
    return isText ? value : '';
  }

  protected rejectRepeated(values: string[], path: string, explain: (value: string) => string): void {
    const repeated = values.filter((value, index) => values.indexOf(value) !== index);
    for (const value of new Set(repeated)) this.reject(path, explain(value));
  }

  protected reject(path: string, problem: string): void {
    this.problems.push(`${path} ${problem}`);
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
