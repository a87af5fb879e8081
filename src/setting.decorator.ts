import { isIP } from 'node:net';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';

/** `Number` alone would also read `0x50`, `1e3` and blanks. */
function toWholeNumber({ value }: TransformFnParams): unknown {
  return /^\d+$/.test(String(value)) ? Number(value) : value;
}

/** A setting that is a whole number, written with digits alone. */
export function WholeNumber(minimum: number, maximum: number, message: string): PropertyDecorator {
  const decorators = [
    Transform(toWholeNumber),
    IsInt({ message }),
    Min(minimum, { message }),
    Max(maximum, { message }),
  ];
  return (target, name) => decorators.forEach((decorate) => decorate(target, name));
}

/** A setting that names things, separated by commas, of which each has to pass a test. */
export function EachOf(test: (item: string) => boolean, message: string): PropertyDecorator {
  const validate = (value: unknown) => listOf(String(value)).every(test);
  return ValidateBy({ name: 'eachOf', validator: { validate } }, { message });
}

/** What a setting names, separated by commas. */
export function listOf(setting: string): string[] {
  return setting.split(',').map((item) => item.trim());
}

/** Whether a text is an IP address, or a range of them as `10.0.0.0/8` (RFC 4632). */
export function isAddressRange(text: string): boolean {
  const [address, length, ...rest] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address!)]!;
  if (length === undefined) return bits > 0;
  return rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) > 0 && Number(length) <= bits;
}

/** Whether a text is an origin as browsers send it (RFC 6454): scheme and host, no path, no wildcard. */
export function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
