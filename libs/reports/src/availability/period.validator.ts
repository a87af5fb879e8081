import { ValidateBy, type ValidationArguments } from 'class-validator';
import { isTimeZone } from './calendar';
import { type Boundary, BOUNDARY_FORM, explainBoundary, parseBoundary } from './period';

/** Accepts the text of the start of a period. */
export function IsPeriodStart(): PropertyDecorator {
  return acceptUnless('isPeriodStart', (value) => boundaryProblem('start', value));
}

/** Accepts the text of the end of a period that begins with the property `startProperty`. */
export function IsPeriodEnd(startProperty: string): PropertyDecorator {
  return acceptUnless('isPeriodEnd', (value, object) => {
    const problem = boundaryProblem('end', value);
    if (problem !== undefined || boundaryProblem('start', object[startProperty]) !== undefined) return problem;
    const start = parseBoundary('start', object[startProperty] as string)!;
    return parseBoundary('end', value as string)! > start ? undefined : `must be later than ${startProperty}`;
  });
}

/** Accepts the name of a time zone. */
export function IsTimeZoneName(): PropertyDecorator {
  return acceptUnless('isTimeZoneName', (value) =>
    typeof value === 'string' && isTimeZone(value)
      ? undefined
      : 'must be given once, as a name of the IANA time zone database such as Europe/Berlin or UTC',
  );
}

function boundaryProblem(boundary: Boundary, value: unknown): string | undefined {
  if (value === undefined) return `is required: ${BOUNDARY_FORM}`;
  if (typeof value !== 'string') return 'must be given once';
  return parseBoundary(boundary, value) === undefined ? explainBoundary(value) : undefined;
}

/** A validator whose message is the property's name and the problem found. */
function acceptUnless(
  name: string,
  findProblem: (value: unknown, object: Record<string, unknown>) => string | undefined,
): PropertyDecorator {
  const problem = ({ value, object }: ValidationArguments) => findProblem(value, object as Record<string, unknown>);
  return ValidateBy({
    name,
    validator: {
      validate: (_value, argument) => problem(argument!) === undefined,
      defaultMessage: (argument) => `${argument!.property} ${problem(argument!)}`,
    },
  });
}
