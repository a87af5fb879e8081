import { type Boundary, explainBoundary, isTimeZone, parseBoundary } from '@chat-reports/nestjs/internal';
import { parseOption } from './command';

/** Parses an end of a period in UTC. */
export const boundary = (name: Boundary) => parseOption((text) => parseBoundary(name, text), explainBoundary);

/** Checks the name of a time zone. An empty one counts as not given. */
export const checkTimeZone = parseOption(
  (text) => (text === '' || isTimeZone(text) ? text : undefined),
  () => 'must be an IANA time zone name, such as Europe/Berlin',
);
