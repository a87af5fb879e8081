import { execFile, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';

export const PROJECT = join(__dirname, '../..');

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The environment of a process of the product, which has nothing from that of the test run. */
export function settings(given: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, ...given };
}

/** Runs a command as `npm run -s NAME -- …` does, but faster. */
export function runCommand(
  name: string,
  parameters: string[],
  env: Record<string, string>,
  input = '',
): Promise<Outcome> {
  return run(['node', `dist/commands/${name}.js`, ...parameters], env, input);
}

/** Runs `npm run -s NAME -- …`. */
export function runNpm(name: string, parameters: string[], env: Record<string, string>): Promise<Outcome> {
  return run(['npm', 'run', '-s', name, '--', ...parameters], env);
}

function run([program, ...parameters]: Command, env: Record<string, string>, input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: PROJECT, env: settings(env), maxBuffer: 1e8 };
    const child = execFile(program, parameters, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    child.stdin!.end(input);
  });
}

export type Command = readonly [program: string, ...parameters: string[]];

/** How users start a server: npm builds it first, and passes signals on. */
export const NPM_START: Command = ['npm', 'start'];
export const NODE: Command = ['node', 'dist/main.js'];
/** A server that never ends a wait of ten seconds or more. */
export const ENDLESS_WAITS: Command = ['node', '--require', './test/support/endless-waits.cjs', 'dist/main.js'];

/** A server in a process group of its own, as a terminal starts one. */
export class ServerProcess {
  output = '';
  readonly exit: Promise<number | null>;
  private readonly child;
  private readonly heard = new EventEmitter();

  constructor(env: Record<string, string>, [program, ...parameters]: Command = NODE) {
    this.child = spawn(program, parameters, { cwd: PROJECT, env: settings({ PORT: '0', ...env }), detached: true });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (data: Buffer) => {
        this.output += data.toString();
        this.heard.emit('output');
      });
    }
    this.exit = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** Starts a server and waits until it says that it is ready. */
  static async ready(env: Record<string, string>, command?: Command): Promise<ServerProcess> {
    const server = new ServerProcess(env, command);
    await server.untilSaid('is ready');
    return server;
  }

  /** Waits for a text in the output of the server, which may arrive later than an answer. */
  async untilSaid(text: string): Promise<void> {
    const ended = this.exit.then((code) => Promise.reject(new Error(`exit ${code}: ${this.output}`)));
    ended.catch(() => undefined);
    while (!this.output.includes(text)) await Promise.race([ended, once(this.heard, 'output')]);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get address(): string {
    return /(?:ready|listens) at (\S+)/.exec(this.output)![1]!;
  }

  /** Whether anything that was started is still running, except PostgreSQL, which has a process group of its own. */
  get isGroupAlive(): boolean {
    try {
      this.killGroup(0);
      return true;
    } catch {
      return false;
    }
  }

  /** Sends a signal to the program itself, as `kill` does. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.child.pid!, signal);
  }

  /** Sends a signal to the program and everything that it has started, as a terminal or a crash does. */
  killGroup(signal: NodeJS.Signals | 0): void {
    process.kill(-this.child.pid!, signal);
  }
}
