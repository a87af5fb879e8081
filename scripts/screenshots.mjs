/** Takes the screenshots of the docs: the admin page with the sample, light and dark, on a desktop and a phone. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const { findChromium } = createRequire(import.meta.url)('../test/support/chromium');
const OUTPUT = join(import.meta.dirname, '../docs/images');
const DESKTOP = { width: 1200, height: 900 };
const PHONE = { width: 375, height: 812 };

const executablePath = findChromium();
if (!executablePath) throw new Error('Chromium or Chrome is required');
const directory = mkdtempSync(join(tmpdir(), 'chat-reports-screenshots-'));
const server = spawn('npm', ['start'], { env: { ...process.env, PORT: '0', DATA_DIR: join(directory, 'data') } });
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
try {
  const link = await readLink(server);
  mkdirSync(OUTPUT, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await takeScreenshot(link, `admin-${colorScheme}.png`, { colorScheme, viewport: DESKTOP });
    await takeScreenshot(link, `admin-phone-${colorScheme}.png`, { colorScheme, viewport: PHONE });
  }
} finally {
  await browser.close();
  server.kill();
  await new Promise((resolve) => server.on('close', resolve));
  rmSync(directory, { recursive: true });
}

async function takeScreenshot(link, name, options) {
  const page = await browser.newPage({
    ...options,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  await page.goto(link);
  await page.locator('[data-figure]').first().waitFor();
  await page.locator('[data-loading]').first().waitFor({ state: 'detached' });
  await showStrips(page);
  await page.screenshot({ path: join(OUTPUT, name), fullPage: true });
  await page.close();
}

/** Waits for the strips of all channels, each of which is fetched when its row is seen. */
async function showStrips(page) {
  const rows = page.locator('section', { hasText: 'Channels (' }).locator('tbody tr[aria-rowindex]');
  await rows.last().scrollIntoViewIfNeeded();
  for (const row of await rows.all()) await row.locator('svg[role=img]').waitFor();
  await page.evaluate('scrollTo(0, 0)');
}

/** Waits for the link that the server prints. */
function readLink({ stdout }) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.on('close', () => reject(new Error(`The server did not start: ${text}`)));
    stdout.on('data', (data) => {
      text += data;
      const [link] = /http\S+\/admin\/#token=\S+/.exec(text) ?? [];
      if (link) resolve(link);
    });
  });
}
