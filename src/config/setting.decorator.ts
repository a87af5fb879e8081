import { isIP } from 'node:net';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';

/** `Number` would also accept `0x50`, `1e3` and blanks. */
function toWholeNumber({ value }: TransformFnParams): unknown {
  return /^\d+$/.test(String(value)) ? Number(value) : value;
}

/** Declares a setting that is a whole number, written in decimal digits. */
export function WholeNumber(minimum: number, maximum: number, message: string): PropertyDecorator {
  const decorators = [
    Transform(toWholeNumber),
    IsInt({ message }),
    Min(minimum, { message }),
    Max(maximum, { message }),
  ];
  return (target, name) => decorators.forEach((decorate) => decorate(target, name));
}

/** Declares a setting whose text has to pass a test. */
export function Passes(test: (text: string) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name: 'passes', validator: { validate: (value) => test(String(value)) } }, { message });
}

/** Declares a setting that is a comma-separated list of items, each of which has to pass a test. */
export function ListOf(test: (item: string) => boolean, message: string): PropertyDecorator {
  return Passes((text) => splitList(text).every(test), message);
}

/** Splits a comma-separated list into its items. */
export function splitList(setting: string): string[] {
  return setting.split(',').map((item) => item.trim());
}

/** Whether a text is an IP address, or a range of addresses such as `10.0.0.0/8` (RFC 4632). */
export function isAddressRange(text: string): boolean {
  const [address, length, ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address!)]!;
  if (length === undefined) return bits > 0;
  return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) > 0 && Number(length) <= bits;
}

/** Whether a text is an origin as browsers send it (RFC 6454): a scheme and a host, without a path or wildcard. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Whether a text is a path below which the server's own paths remain distinct. */
export function isBasePath(text: string): boolean {
  return /^(?:\/[\w~-][\w.~-]*)+$/.test(text) && !/^\/(?:admin|backend|health)(?:\/|$)/.test(text);
}

/** Whether a text is an HTTP URL without a user name or password, which would not be sent. */
export function isPlainUrl(text: string): boolean {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Whether a text is an HTTP URL with `{session_id}` after its host. */
export function isConversationUrl(text: string): boolean {
  const at = (session: string) => text.replaceAll('{session_id}', session);
  const isPlain = text.includes('{session_id}') && [text, at('a')].every((url) => isPlainUrl(url));
  return isPlain && new URL(at('a')).origin === new URL(at('b')).origin;
}
