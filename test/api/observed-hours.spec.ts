import { type Edges, parseWeeklyHours } from '@chat-reports/nestjs';
import { type OpenAvailability, openAvailability } from '../support/availability';
import { TestDatabase } from '../support/database';
import { readDocument } from '../support/guide';

const MINUTE_MS = 60_000;
const BERLIN = { timeZone: 'Europe/Berlin', versions: [{ hours: parseWeeklyHours('Mo-Fr 09:00-18:00') }] };
const DAYS = { Fri: 6, Sat: 7, Sun: 8, Mon: 9 };

/** An instant of March 2026 in Berlin, such as `Fri 17:57`, or a midnight. */
function on(text: string, midnight: 'before' | 'after' = 'before'): Date {
  const [day, time = midnight === 'before' ? '00:00' : '24:00'] = text.split(' ') as [keyof typeof DAYS, string?];
  return new Date(`2026-03-0${DAYS[day]}T${time}+01:00`);
}

/** The rows of the guide to opening hours, each named by the sentence that explains it. */
const EXAMPLES = readDocument('docs/opening-hours.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .filter((cells) => ['ignore', 'count'].includes(cells[3]!))
  .map(([, messages, range, edges, now, down, observed, available, why]) => [
    why!,
    {
      messages: messages!.split(', ').map((text) => on(text)),
      start: on(range!.split(' to ')[0]!),
      end: on(range!.split(' to ')[1]!, 'after'),
      edges: edges as Edges,
      asOf: now === 'later' ? undefined : on(now!),
      down: parseInt(down!),
      observed: parseInt(observed!),
      available: available!,
    },
  ]) as [
  string,
  {
    messages: Date[];
    start: Date;
    end: Date;
    edges: Edges;
    asOf?: Date;
    down: number;
    observed: number;
    available: string;
  },
][];

describe('observed opening hours', () => {
  let database: TestDatabase;
  let availability: OpenAvailability;

  beforeAll(async () => {
    database = await TestDatabase.create();
    availability = await openAvailability(database.url);
  });
  afterEach(() => database.clear());
  afterAll(async () => {
    await availability.close();
    await database.drop();
  });

  it('have ten examples', () => expect(EXAMPLES).toHaveLength(10));

  it.each(EXAMPLES)('%s', async (_why, { messages, down, observed, available, ...range }) => {
    await database.insert(messages.map((at) => ({ at })));
    const report = await availability.service.report({ organizationId: '123456', hours: BERLIN, ...range });
    const percentage = report.observedAvailabilityPercentage;
    expect({
      down: report.totalDowntimeMs / MINUTE_MS,
      observed: report.observedTimeMs / MINUTE_MS,
      available: percentage === null ? 'null' : `${percentage.toFixed(2)} %`,
    }).toEqual({ down, observed, available });
  });
});
