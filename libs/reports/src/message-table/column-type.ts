/** The type of a column. */
export interface ColumnType {
  /** As the database names it, without modifiers: `character varying`, not `varchar(20)`. */
  name: string;
  /** The labels of an enum; empty for any other type. */
  labels: string[];
}

const INTEGER_BITS: Record<string, number> = { smallint: 16, integer: 32, bigint: 64 };
const TEXTS = ['text', 'character varying'];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Types that an organization or channel column can have. */
export const NAME_TYPES = [...Object.keys(INTEGER_BITS), 'uuid', ...TEXTS, 'an enum'];

/** Whether an organization or channel column can have the type. */
export function isNameType({ name, labels }: ColumnType): boolean {
  return NAME_TYPES.includes(name) || labels.length > 0;
}

/** Whether values of the type need no cast to text. */
export function isText({ name }: ColumnType): boolean {
  return TEXTS.includes(name);
}

/** Some valid value of the type, for planning a statement. */
export function anyValueOf({ name, labels }: ColumnType): string {
  if (name === 'uuid') return '00000000-0000-0000-0000-000000000000';
  return labels[0] ?? (name in INTEGER_BITS ? '0' : '');
}

/**
 * Explains why a text is not a value of an organization or channel column, in words that follow the name of the field.
 * PostgreSQL accepts other spellings (spaces, `007`, braces). Rejecting them keeps the ID that is read the one that was
 * authorized.
 *
 * @returns undefined if the text is a value of the type
 */
export function explainValue({ name, labels }: ColumnType, value: string): string | undefined {
  if (labels.length > 0) return labels.includes(value) ? undefined : `must be ${labels.join(' or ')}`;
  if (name === 'uuid') return UUID.test(value) ? undefined : 'must be a UUID';
  const bits = INTEGER_BITS[name];
  if (bits === undefined) return value.includes('\0') ? 'must not contain a NUL character' : undefined;
  const limit = 2n ** BigInt(bits - 1);
  const isInteger = /^(0|-?[1-9]\d{0,18})$/.test(value);
  if (isInteger && BigInt(value) >= -limit && BigInt(value) < limit) return undefined;
  return `must be an integer from ${-limit} to ${limit - 1n}`;
}
