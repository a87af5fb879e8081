import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser, type ModifiableInstruction } from 'dockerfile-ast';
import { PROJECT } from './run';

/** An instruction of a Dockerfile, such as `COPY` from the stage `build` with the words `/app/dist` and `dist`. */
export interface Instruction {
  keyword: string;
  /** The value of `--from`, if there is one. */
  from: string | undefined;
  words: string[];
  /** Everything after the flags. */
  text: string;
}

/** A stage of a Dockerfile: an image that others can begin with or copy from. */
export interface Stage {
  name: string | undefined;
  base: string;
  instructions: Instruction[];
}

export const DOCKERFILE = readFileSync(join(PROJECT, 'Dockerfile'), 'utf8');

/** The stages of the project's Dockerfile; the last one is the image. */
export function readStages(): Stage[] {
  const stages: Stage[] = [];
  for (const parsed of DockerfileParser.parse(DOCKERFILE).getInstructions()) {
    const words = parsed.getArguments().map((argument) => argument.getValue());
    const flags = 'getFlags' in parsed ? (parsed as ModifiableInstruction).getFlags() : [];
    const from = flags.find((flag) => flag.getName() === 'from')?.getValue() ?? undefined;
    const instruction = { keyword: parsed.getKeyword(), from, words, text: parsed.getArgumentsContent() ?? '' };
    if (instruction.keyword === 'FROM') stages.push({ base: words[0]!, name: words[2], instructions: [] });
    else stages.at(-1)!.instructions.push(instruction);
  }
  return stages;
}

/** The last instruction of the image with a keyword. */
export function imageInstruction(keyword: string): Instruction {
  const { instructions } = readStages().at(-1)!;
  return instructions.findLast((instruction) => instruction.keyword === keyword)!;
}

/** The settings of `ENV` in the image. */
export function imageSettings(): Record<string, string> {
  return Object.fromEntries(imageInstruction('ENV').words.map((word) => word.split('=', 2) as [string, string]));
}

/** The command of `CMD` or `HEALTHCHECK CMD` in the image; throws SyntaxError if a shell would run it. */
export function imageCommand(keyword: 'CMD' | 'HEALTHCHECK'): [string, ...string[]] {
  return JSON.parse(imageInstruction(keyword).text.replace(/^CMD\s+/, '')) as [string, ...string[]];
}
