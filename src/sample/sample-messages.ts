import type { MessageRow } from '../import/message-row';
import { randomNumbers } from './random-numbers';

/**
 * Generates messages to try out reports with; the same time yields the same messages. Organization `123456` has the
 * January 2023 of the published example, and `demo` has several channels in the 90 days before `now`.
 */
export function* sampleMessages(now: Date): Generator<MessageRow> {
  yield* exampleMessages();
  for (const channel of DEMO_CHANNELS) yield* demoMessages(channel, now.getTime());
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Periods in which the example's chat is alive, and the session of the last message of each. */
const EXAMPLE_ALIVE = [
  { from: '2023-01-01T00:00:00Z', to: '2023-01-15T10:28:00Z', lastSession: 'session123' },
  { from: '2023-01-15T11:00:00Z', to: '2023-01-20T14:43:00Z', lastSession: 'session456' },
  { from: '2023-01-20T15:00:00Z', to: '2023-01-31T23:59:59Z', lastSession: 'session789' },
];

function* exampleMessages(): Generator<MessageRow> {
  const random = randomNumbers(123456);
  for (const { from, to, lastSession } of EXAMPLE_ALIVE) {
    const end = Date.parse(to);
    let at = Date.parse(from);
    while (at < end) {
      const channel = random() < 0.7 ? 'web' : 'whatsapp';
      const sessionId = `session${1000 + (Math.floor(at / (20 * MINUTE)) % 9000)}`;
      yield { organizationId: '123456', channel, sessionId, createdAtMs: at };
      // Less than two minutes, so that the two published downtimes are the only ones.
      at += Math.round((60 + 58 * random()) * SECOND);
    }
    yield { organizationId: '123456', channel: 'web', sessionId: lastSession, createdAtMs: end };
  }
}

/** Channels, and for how many days each has been in use. */
const DEMO_CHANNELS = [
  { name: 'web', days: 90, seed: 1 },
  { name: 'whatsapp', days: 75, seed: 2 },
  { name: 'instagram', days: 62, seed: 3 },
];

type DemoChannel = (typeof DEMO_CHANNELS)[number];

/** Times without messages, on a day before today and from an hour of that day, in one channel or in all of them. */
const DEMO_OUTAGES = [
  { daysAgo: 2, fromHour: 13.3, hours: 0.3 },
  { daysAgo: 4, fromHour: 9.2, hours: 1.6 },
  { daysAgo: 6, fromHour: 7.5, hours: 3, channel: 'instagram' },
  { daysAgo: 12, fromHour: 22.1, hours: 3.4 },
  { daysAgo: 17, fromHour: 16.6, hours: 0.2 },
  { daysAgo: 21, fromHour: 11, hours: 6.5, channel: 'whatsapp' },
  { daysAgo: 25, fromHour: 8.4, hours: 0.5 },
  { daysAgo: 41, fromHour: 14.05, hours: 0.4 },
  { daysAgo: 55, fromHour: 19.7, hours: 1.1 },
  { daysAgo: 68, fromHour: 4, hours: 5.25 },
];

function* demoMessages(channel: DemoChannel, now: number): Generator<MessageRow> {
  const random = randomNumbers(channel.seed);
  const today = Math.floor(now / DAY) * DAY;
  for (let at = today - channel.days * DAY; at <= now; at += demoStep(random)) {
    const session = `${channel.name}-${Math.floor(at / (25 * MINUTE)).toString(36)}${Math.floor(random() * 4)}`;
    if (isOutage(at, channel, today)) continue;
    yield { organizationId: 'demo', channel: channel.name, sessionId: session, createdAtMs: at };
  }
}

/** Milliseconds to the next message: occasionally more than the two minutes after which a channel counts as down. */
function demoStep(random: () => number): number {
  const seconds = random() < 1 / 600 ? 121 + 240 * random() : 84 + 35 * random();
  return Math.round(seconds * SECOND);
}

function isOutage(at: number, { name }: DemoChannel, today: number): boolean {
  return DEMO_OUTAGES.some(({ daysAgo, fromHour, hours, channel = name }) => {
    const start = today - daysAgo * DAY + fromHour * HOUR;
    return channel === name && at >= start && at < start + hours * HOUR;
  });
}
