/** The type of a column, as the database names it. */
export interface ColumnType {
  /** Such as `character varying`, without its length. */
  name: string;
  /** The values of an enum; of any other type there are none. */
  labels: string[];
}

const INTEGER_BITS: Record<string, number> = { smallint: 16, integer: 32, bigint: 64 };
const TEXTS = ['text', 'character varying'];
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Types by whose values a stream of messages can be asked for. */
export const NAME_TYPES = [...Object.keys(INTEGER_BITS), 'uuid', ...TEXTS, 'an enum'];

/** Whether a stream of messages can be asked for by values of the type. */
export function isNameType({ name, labels }: ColumnType): boolean {
  return NAME_TYPES.includes(name) || labels.length > 0;
}

/** Whether values of the type are text as they are. */
export function isText({ name }: ColumnType): boolean {
  return TEXTS.includes(name);
}

/** A value of the type, for plans. */
export function anyValueOf({ name, labels }: ColumnType): string {
  if (name === 'uuid') return '00000000-0000-0000-0000-000000000000';
  return labels[0] ?? (name in INTEGER_BITS ? '0' : '');
}

/**
 * Says why a text is no value of a type on which `isNameType`, in words that follow the name of the field. The database
 * would take more forms (spaces, `007`, braces); one name each keeps what is allowed and what is read the same.
 *
 * @returns undefined if it is one
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
