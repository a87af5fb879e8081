import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import ignore from '@balena/dockerignore';
import { type Instruction, readStages, type Stage } from './dockerfile';
import { PROJECT, settings } from './run';

/** Returns a test of whether `.dockerignore` lets a path of the project into the build. */
export function contextFilter(): (path: string) => boolean {
  return ignore()
    .add(readFileSync(join(PROJECT, '.dockerignore'), 'utf8'))
    .createFilter();
}

/**
 * The file system of the image, without the base image: the result of the steps of the Dockerfile, with one directory
 * for each stage. For machines without Docker.
 */
export class ImageDirectory {
  private readonly root = mkdtempSync(join(tmpdir(), 'chat-reports-image-'));

  constructor() {
    // The image has a user of its own, which must be able to read the files.
    execFileSync('chmod', ['755', this.root]);
    this.copyContext();
    for (const [index, stage] of readStages().entries()) this.build(stage, stage.name ?? String(index));
  }

  /** The working directory of the image. */
  get workingDirectory(): string {
    const { name, instructions } = readStages().at(-1)!;
    const { text } = instructions.findLast(({ keyword }) => keyword === 'WORKDIR')!;
    return join(this.root, name ?? String(readStages().length - 1), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  private copyContext(): void {
    const isSent = contextFilter();
    for (const entry of readdirSync(PROJECT, { recursive: true, withFileTypes: true })) {
      const path = relative(PROJECT, join(entry.parentPath, entry.name));
      if (entry.isFile() && isSent(path)) cpSync(join(PROJECT, path), join(this.root, 'context', path));
    }
  }

  private build({ base, instructions }: Stage, name: string): void {
    const stage = join(this.root, name);
    if (readStages().some((other) => other.name === base)) copy(join(this.root, base), stage);
    const inherited = readStages().find((other) => other.name === base)?.instructions ?? [];
    let directory = '/';
    for (const instruction of [...inherited, ...instructions]) {
      if (instruction.keyword === 'WORKDIR') directory = resolve(directory, instruction.text);
      mkdirSync(join(stage, directory), { recursive: true });
      if (inherited.includes(instruction)) continue;
      if (instruction.keyword === 'COPY') this.copyInto(stage, directory, instruction);
      if (instruction.keyword === 'RUN') runStep(instruction.text, join(stage, directory));
    }
  }

  private copyInto(stage: string, directory: string, { from = 'context', words }: Instruction): void {
    const target = words.at(-1)!;
    for (const word of words.slice(0, -1)) {
      const source = join(this.root, from, word);
      const destination = join(stage, resolve(directory, target));
      // COPY copies the contents of a directory, not the directory itself.
      const isInto = !statSync(source).isDirectory() && target.endsWith('/');
      copy(source, isInto ? join(destination, word.split('/').at(-1)!) : destination);
    }
  }
}

function copy(source: string, destination: string): void {
  cpSync(source, destination, { recursive: true, verbatimSymlinks: true });
}

function runStep(command: string, cwd: string): void {
  const env = settings({ npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' });
  execFileSync('sh', ['-c', command], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
