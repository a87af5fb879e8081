/**
 * Checks that the admin page shows the expected numbers for real chat streams:
 *
 *   TOKEN=… node .ci/check-page.mjs ADDRESS CASES.json …
 */
import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const { findChromium } = createRequire(import.meta.url)('../test/support/chromium');
const [address, ...files] = process.argv.slice(2);
const cases = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')));
const browser = await chromium.launch({
  executablePath: findChromium(),
  chromiumSandbox: process.getuid?.() !== 0,
});
const page = await browser.newPage({ locale: 'en-GB' });
let passed = 0;
let failed = 0;

for (const { id, organization_id, channel, start_ms, end_ms, expected } of cases) {
  const query = new URLSearchParams({
    org: organization_id,
    period: 'custom',
    from: new Date(start_ms).toISOString(),
    to: new Date(end_ms).toISOString(),
    zone: 'UTC',
    edges: 'ignore',
    ...(channel !== null && { channel }),
  });
  try {
    await page.goto(`${address}/admin/?${query}#token=${process.env.TOKEN}`);
    deepStrictEqual(await readPage(), numbersOf(expected));
    passed++;
  } catch (error) {
    failed++;
    console.error(`${id}: ${error.message}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function readPage() {
  const figure = (name) => page.locator(`[data-figure="${name}"]`);
  const empty = page
    .getByText('No messages in this period', { exact: true })
    .or(page.getByText('There is no channel “'))
    .or(page.getByText('The period must end after it starts'))
    .or(page.getByText('No messages yet: import some'));
  await figure('Availability').or(empty).waitFor();
  if ((await figure('Availability').count()) === 0) return {};
  // The large figure is of the observed time. Where that is not the whole period, the rule below names the other one, too.
  const ofWhole = figure('Availability of the whole period');
  const availability = (await ofWhole.isVisible()) ? ofWhole : figure('Availability');
  return {
    availability: await availability.innerText(),
    outages: await figure('Outages').innerText(),
    downtime: await figure('Total downtime').innerText(),
  };
}

function numbersOf({ message_count, percentage, downtime_count, total_downtime_ms, total_time_ms }) {
  if (message_count === 0 || total_time_ms === 0) return {};
  const thousandths = Number((BigInt(total_time_ms - total_downtime_ms) * 100000n) / BigInt(total_time_ms));
  return {
    availability: percentage === 100 ? '100 %' : `${(thousandths / 1000).toFixed(3)} %`,
    outages: downtime_count.toLocaleString('en-GB'),
    downtime: inTwoUnits(total_downtime_ms),
  };
}

/** Formats a duration in its largest unit up to days and the next smaller one; in milliseconds if it is shorter than a second. */
function inTwoUnits(durationMs) {
  if (durationMs === 0) return 'none';
  if (durationMs < 1000) return `${durationMs}ms`;
  const units = Object.entries({ d: 86400000, h: 3600000, m: 60000, s: 1000 });
  const first = units.findIndex(([, unitMs]) => durationMs >= unitMs);
  const parts = [];
  let restMs = durationMs;
  for (const [unit, unitMs] of units.slice(first, first + 2)) {
    if (restMs >= unitMs) parts.push(`${Math.floor(restMs / unitMs)}${unit}`);
    restMs %= unitMs;
  }
  return parts.join(' ');
}
