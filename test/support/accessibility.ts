import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core'), 'utf8');

/** The rules that depend on colors, of those that axe applies by default. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Resolves once nothing has moved or faded for some frames. */
const UNTIL_STILL = `new Promise((resolve) => {
  const isMoving = ({ playState, effect }) => playState === 'running' && effect.getTiming().iterations !== Infinity;
  const look = (stillFrames) => {
    if (stillFrames === 10) return resolve();
    const next = document.getAnimations().some(isMoving) ? 0 : stillFrames + 1;
    requestAnimationFrame(() => look(next));
  };
  look(0);
})`;

/** What a check of accessibility found. */
interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  passes: unknown[];
}

/** What axe finds on a page: all violations in light colors, and in dark ones only those that depend on colors. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return [...(await violationsIn(page, 'light')), ...(await violationsIn(page, 'dark', COLOUR_RULES))];
}

async function violationsIn(page: Page, colorScheme: 'light' | 'dark', rules?: string[]): Promise<string[]> {
  // Colors can be judged only once they have stopped changing.
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
  await page.evaluate(UNTIL_STILL);
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
  const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  expect(passes.length).toBeGreaterThan(rules ? 0 : 10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${colorScheme}, ${id}: ${html} ${failureSummary}`),
  );
}
