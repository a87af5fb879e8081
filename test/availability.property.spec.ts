import fc from 'fast-check';
import { expectedReport } from './support/oracle';
import { messageStreams, rangesAround } from './support/streams';
import { useProduct } from './support/product';

const cases = messageStreams.chain((messages) =>
  fc.record({
    messages: fc.constant(messages),
    queries: fc.array(
      fc.record({
        organizationId: fc.constantFrom('a', 'b', 'c'),
        channel: fc.constantFrom(undefined, undefined, 'web', 'mail', '', 'none'),
        range: rangesAround(messages),
      }),
      { minLength: 4, maxLength: 4 },
    ),
  }),
);

describe('the availability report', () => {
  const product = useProduct();

  it('equals a sort and a loop over the messages, for any messages and any range', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ messages, queries }) => {
        await product.database.clear();
        await product.database.insert(messages);
        for (const { organizationId, channel, range } of queries) {
          const [startDate, endDate] = [range.startMs, range.endMs].map((ms) => new Date(ms).toISOString());
          const query = { startDate: startDate!, endDate: endDate!, ...(channel === undefined ? {} : { channel }) };
          const { body } = await product.backend.report(query, { organizationId });
          expect(body).toEqual(expectedReport(messages, { organizationId, channel, ...range }));
        }
      }),
      { numRuns: 300 },
    );
  });
});
