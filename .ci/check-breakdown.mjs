/**
 * Checks that each row of a breakdown is what the report answers for that channel:
 *
 *   TOKEN=… node .ci/check-breakdown.mjs ADDRESS ORGANIZATION START END
 */
import { deepStrictEqual } from 'node:assert';

const [address, organization, startDate, endDate] = process.argv.slice(2);
const authorization = `Bearer ${process.env.TOKEN}`;
let passed = 0;
let failed = 0;

async function ask(below, query) {
  const path = `/backend/reports/${organization}/chats/availability${below}?${new URLSearchParams(query)}`;
  const response = await fetch(address + path, { headers: { authorization } });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

for (const edges of ['ignore', 'count']) {
  const range = { startDate, endDate, edges };
  const started = performance.now();
  const { channels } = await ask('/breakdown', range);
  console.log(`${channels.length} channels in ${Math.round(performance.now() - started)} ms`);
  for (const { channel, outages, last_message_at, ...numbers } of channels) {
    const { down_times, summary, ...report } = await ask('', { ...range, channel, include: 'summary' });
    try {
      deepStrictEqual([numbers, outages, last_message_at], [report, down_times.length, summary.last_message_at]);
      passed++;
    } catch (error) {
      failed++;
      console.error(`${channel}: ${error.message}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
