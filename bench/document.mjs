/**
 * Shows a section of results on the terminal, and writes it to docs/benchmarks.md in place of the one before.
 *
 * A section has a title, paragraphs, tables of strings (each with a head), targets and notes.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { format, resolveConfig } from 'prettier';

const DOCUMENT = join(import.meta.dirname, '../docs/benchmarks.md');

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench\`; what a section says of its numbers is printed with them. Only the relations within a section
mean something elsewhere: everything in it was measured in one run, taking turns, and each number is a median.
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

/** @param order the names of all sections, in which they stand in the document */
export async function writeSection(name, order, section) {
  const sections = new Map(existsSync(DOCUMENT) ? readSections(readFileSync(DOCUMENT, 'utf8')) : []);
  sections.set(name, toMarkdown(section));
  const present = order.filter((other) => sections.has(other));
  const text = [INTRODUCTION, ...present.map((other) => `<!-- ${other} -->\n\n${sections.get(other)}`)].join('\n');
  const options = { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' };
  writeFileSync(DOCUMENT, await format(text, options));
}

/** Each section stands behind a comment with its name. */
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
  return `${isReached ? 'reached' : '**not reached**'}: ${text} (measured: ${measured})`;
}
