import { ValidateBy, type ValidationArguments } from 'class-validator';
import { type Boundary, BOUNDARY_FORM, explainBoundary, parseBoundary } from '../availability/boundary';
import { isTimeZone } from '../availability/calendar';
import { SCHEDULED } from '../opening-hours/scheduled-hours';
import { OpeningHoursError, parseWeeklyHours } from '../opening-hours/weekly-hours';

/** Accepts the text of the start of a period. */
export function IsPeriodStart(): PropertyDecorator {
  return acceptUnless('isPeriodStart', (value) => boundaryProblem('start', value));
}

/** Accepts the text of the end of a period that begins with the property `startProperty`. */
export function IsPeriodEnd(startProperty: string): PropertyDecorator {
  return acceptUnless('isPeriodEnd', (value, object) => {
    const problem = boundaryProblem('end', value);
    if (problem !== undefined || boundaryProblem('start', object[startProperty]) !== undefined) return problem;
    const timeZone = timeZoneOf(object);
    const start = parseBoundary('start', object[startProperty] as string, timeZone)!;
    return parseBoundary('end', value as string, timeZone)! > start ? undefined : `must be later than ${startProperty}`;
  });
}

/** Accepts the name of a time zone. */
export function IsTimeZoneName(): PropertyDecorator {
  return acceptUnless('isTimeZoneName', (value) =>
    typeof value === 'string' && isTimeZone(value)
      ? undefined
      : 'must be one IANA time zone name, such as Europe/Berlin or UTC',
  );
}

/** Accepts `scheduled`, or the opening hours of a week, which require a time zone. */
export function IsWeeklyHours(): PropertyDecorator {
  return acceptUnless('isWeeklyHours', (value, { timezone }) => {
    if (typeof value !== 'string') return 'must be given once';
    if (value === SCHEDULED) return undefined;
    try {
      parseWeeklyHours(value);
    } catch (error) {
      if (error instanceof OpeningHoursError) return error.message;
      throw error;
    }
    return timezone === undefined ? 'needs timezone, such as Europe/Berlin, in which they are local times' : undefined;
  });
}

/** The time zone of a query, or UTC if it has no valid one. */
function timeZoneOf({ timezone }: Record<string, unknown>): string {
  return typeof timezone === 'string' && isTimeZone(timezone) ? timezone : 'UTC';
}

function boundaryProblem(boundary: Boundary, value: unknown): string | undefined {
  if (value === undefined) return `is required: ${BOUNDARY_FORM}`;
  if (typeof value !== 'string') return 'must be given once';
  return parseBoundary(boundary, value) === undefined ? explainBoundary(value) : undefined;
}

/** Creates a validator whose message is the property name and the problem. */
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
