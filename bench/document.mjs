/**
 * Shows a section of results on the terminal, and writes it to docs/benchmarks.md in place of the previous one.
 *
 * A section has a title, paragraphs, tables of strings (each with a head), targets and notes.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { format, resolveConfig } from 'prettier';

const DOCUMENT = join(import.meta.dirname, '../docs/benchmarks.md');

const INTRODUCTION = `# How fast is it?

The time of a report depends on the length of its range and on its gaps. It grows far more slowly than the number of
messages: a hundred times as many take less than four times as long.

\`npm run bench\` writes this page. Compare numbers only within a section: they are medians from one run, in which the
alternatives took turns. On another machine, expect similar ratios but different times.
`;

export function printSection({ tables, targets = [], notes = [] }) {
  for (const { head, rows } of tables) {
    const table = new Table({ style: { head: [], border: [] }, head });
    table.push(...rows);
    console.log(table.toString());
  }
  for (const target of targets) console.log(describeTarget(target));
  for (const note of notes) console.log(note);
}

/** @param order the names of all sections, in document order */
export async function writeSection(name, order, section) {
  const sections = new Map(existsSync(DOCUMENT) ? readSections(readFileSync(DOCUMENT, 'utf8')) : []);
  sections.set(name, toMarkdown(section));
  const present = order.filter((other) => sections.has(other));
  const text = [INTRODUCTION, ...present.map((other) => `<!-- ${other} -->\n\n${sections.get(other)}`)].join('\n');
  const options = { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' };
  writeFileSync(DOCUMENT, await format(text, options));
}

/** Each section follows a comment with its name. */
function readSections(text) {
  const [, ...parts] = text.split(/^<!-- (\w+) -->$/m);
  const sections = [];
  for (let index = 0; index < parts.length; index += 2) sections.push([parts[index], parts[index + 1].trim()]);
  return sections;
}

function toMarkdown({ title, paragraphs, tables, targets = [], notes = [], measuredOn }) {
  return [
    `## ${title}`,
    ...paragraphs,
    ...tables.map(toTable),
    targets.map((target) => `- ${describeTarget(target)}`).join('\n'),
    ...notes,
    `Measured on ${measuredOn}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function toTable({ head, rows }) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  // All columns but the first hold numbers.
  const rule = line(head.map((_, column) => (column === 0 ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function describeTarget({ text, isReached, measured }) {
  return `${isReached ? 'Met' : '**Missed**'}: ${text} (measured: ${measured})`;
}
