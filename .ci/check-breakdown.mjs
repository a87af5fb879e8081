/**
 * Checks that each row of a breakdown equals the report on its channel:
 *
 *   TOKEN=… node .ci/check-breakdown.mjs ADDRESS ORGANIZATION START END
 */
import { deepStrictEqual } from 'node:assert';

const [address, organization, startDate, endDate] = process.argv.slice(2);
const authorization = `Bearer ${process.env.TOKEN}`;
let passed = 0;
let failed = 0;

async function request(subpath, query) {
  const path = `/backend/reports/${organization}/chats/availability${subpath}?${new URLSearchParams(query)}`;
  const response = await fetch(address + path, { headers: { authorization } });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

for (const edges of ['ignore', 'count']) {
  const range = { startDate, endDate, edges };
  const started = performance.now();
  const { channels } = await request('/breakdown', range);
  console.log(`${channels.length} channels in ${Math.round(performance.now() - started)} ms`);
  for (const { channel, outages, longest_down_time, ...row } of channels) {
    const { down_times, summary, ...report } = await request('', { ...range, channel, include: 'summary' });
    const { first_message_at, last_message_at, observed_time, observed_availability_percentage } = summary;
    const expected = { ...report, first_message_at, last_message_at, observed_time, observed_availability_percentage };
    // The report has no way to say that nothing is known.
    if (row.availability_percentage === null && observed_time === 0) expected.availability_percentage = null;
    try {
      const longest = down_times.reduce((most, { duration }) => Math.max(most, duration), 0);
      deepStrictEqual([row, outages, longest_down_time], [expected, down_times.length, longest]);
      passed++;
    } catch (error) {
      failed++;
      console.error(`${channel}: ${error.message}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
