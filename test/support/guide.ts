import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './run';

/** The documents of the project, by their paths in it. The API reference of the library is generated. */
export const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'libs/reports/README.md',
  ...readdirSync(join(PROJECT, 'docs'), { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.md') && !file.startsWith('api/'))
    .map((file) => `docs/${file}`)
    .sort(),
];

export function readDocument(document: string): string {
  return readFileSync(join(PROJECT, document), 'utf8');
}

/** A block of shell commands in a document. */
export interface CommandBlock {
  document: string;
  commands: string;
  /** The block below it, if that is what the commands print. */
  answer?: { form: string; text: string };
}

/** The shell commands of a document, in order. */
export function commandBlocksOf(document: string): CommandBlock[] {
  const fences = [...readDocument(document).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, form, text]) => ({
    form: form!,
    text: text!,
  }));
  return fences.flatMap(({ form, text }, index) => {
    const next = fences[index + 1];
    const answer = next && ['json', 'text', 'csv'].includes(next.form) ? next : undefined;
    return form === 'sh' ? [{ document, commands: text, answer }] : [];
  });
}

/** The guide to operations: all its pages. */
export const GUIDE = ['operations', 'monitoring', 'backup'].map((page) => readDocument(`docs/${page}.md`)).join('\n');

/** The commands in a section of the guide: the first block, or a later one. */
export function commandsOf(section: string, place = 0): string {
  return blockOf(section, 'sh', place);
}

/** The SQL in a section of the guide: the first block, or a later one. */
export function sqlOf(section: string, place: number): string {
  return blockOf(section, 'sql', place);
}

function blockOf(section: string, form: string, place: number): string {
  const text = GUIDE.split(`\n## ${section}\n`)[1]!.split('\n## ')[0]!;
  return [...text.matchAll(new RegExp(`^\`\`\`${form}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))][place]![1]!;
}
