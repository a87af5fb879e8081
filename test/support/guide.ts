import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './run';

/** The guide to operations. */
export const GUIDE = readFileSync(join(PROJECT, 'docs/operations.md'), 'utf8');

/** The commands that stand in a section of the guide: the first ones, or those after another. */
export function commandsOf(section: string, place = 0): string {
  const text = GUIDE.split(`\n## ${section}\n`)[1]!.split('\n## ')[0]!;
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)][place]![1]!;
}
