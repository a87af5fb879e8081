import { Client } from 'pg';
import type { AskOptions } from '../support/backend';
import { eventually } from '../support/eventually';
import { useProduct } from '../support/product';

const RANGE = { startDate: '2023-01-01', endDate: '2023-01-31' };
const ROUNDS = 40;

interface Figures {
  total_down_time: number;
}
type Report = Figures & {
  down_times: { duration: number }[];
  buckets: Figures[];
  channels: (Figures & { last_message_at: string | null; outages: number })[];
  outages: number;
  summary: { outages: number; last_message_at: string };
};

/** Every route with figures that must add up, and a check that they do. */
const SUMS: [
  below: NonNullable<AskOptions['below']>,
  query: Record<string, string>,
  agree: (report: Report) => void,
][] = [
  [
    '',
    { include: 'summary' },
    ({ total_down_time, down_times, summary }) => {
      expect(down_times.reduce((sum, { duration }) => sum + duration, 0)).toBe(total_down_time);
      expect(down_times).toHaveLength(summary.outages);
    },
  ],
  [
    '/trend',
    { interval: 'day' },
    ({ total_down_time, buckets }) =>
      expect(buckets.reduce((sum, bucket) => sum + bucket.total_down_time, 0)).toBe(total_down_time),
  ],
  [
    '/breakdown',
    {},
    ({ total_down_time, outages, channels }) => expect(channels).toMatchObject([{ total_down_time, outages }]),
  ],
  [
    '/overview',
    { interval: 'day', include: 'summary' },
    (all) => {
      const { report, trend, breakdown } = all as unknown as Record<'report' | 'trend' | 'breakdown', Report>;
      const { total_down_time, summary } = report;
      expect([trend, breakdown, ...breakdown.channels]).toMatchObject(
        Array(3).fill({ total_down_time, outages: summary.outages }),
      );
    },
  ],
];

describe('every answer, while messages are written', () => {
  const product = useProduct();

  it.each(SUMS)('of availability%s reads one state of the messages', async (below, query, agree) => {
    await product.database.insert([{ at: RANGE.startDate }]);
    const writer = new Client(product.database.url);
    await writer.connect();
    let isWriting = true;
    let written = 0;
    const write = async () => {
      for (; isWriting; written++) {
        await writer.query(
          `insert into messages (id, organization_id, channel, session_id, created_at)
           values (gen_random_uuid(), '123456', 'web', 's', timestamptz '2023-01-01Z' + random() * interval '30 days')`,
        );
      }
    };
    const writing = write();
    const totals = new Set<number>();
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const writtenBefore = written;
        await eventually(() => expect(written).toBeGreaterThan(writtenBefore));
        const { body } = await product.backend.report({ ...RANGE, ...query }, { below });
        agree(body as Report);
        totals.add(((body as { report?: Report }).report ?? (body as Report)).total_down_time);
      }
    } finally {
      isWriting = false;
      await writing;
      await writer.end();
    }
    // Makes sure that the messages changed between answers.
    expect(totals.size).toBeGreaterThan(ROUNDS / 2);
  });
});
