/** Takes the pictures of the README: the admin page with the sample, in light and dark, on a desktop and a phone. */
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
if (!executablePath) throw new Error('There is no Chromium or Chrome on this machine');
const directory = mkdtempSync(join(tmpdir(), 'chat-reports-screenshots-'));
const server = spawn('npm', ['start'], { env: { ...process.env, PORT: '0', DATA_DIR: join(directory, 'data') } });
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
try {
  const link = await linkOf(server);
  mkdirSync(OUTPUT, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await takePicture(link, `admin-${colorScheme}.png`, { colorScheme, viewport: DESKTOP });
    await takePicture(link, `admin-phone-${colorScheme}.png`, { colorScheme, viewport: PHONE });
  }
} finally {
  await browser.close();
  server.kill();
  await new Promise((resolve) => server.on('close', resolve));
  rmSync(directory, { recursive: true });
}

async function takePicture(link, name, options) {
  const page = await browser.newPage({
    ...options,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  await page.goto(link);
  await page.locator('[data-figure]').first().waitFor();
  await page.screenshot({ path: join(OUTPUT, name), fullPage: true });
  await page.close();
}

function linkOf({ stdout }) {
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
