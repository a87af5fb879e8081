import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';

export const PROJECT = join(__dirname, '../..');

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Settings for a process of the product: nothing of the test run's own reaches it. */
export function settings(given: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, ...given };
}

/** Runs `npm run -s NAME -- …` to its end. */
export function runCommand(
  name: string,
  parameters: string[],
  env: Record<string, string>,
  input = '',
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: PROJECT, env: settings(env), maxBuffer: 1e8 };
    const child = execFile('npm', ['run', '-s', name, '--', ...parameters], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    child.stdin!.end(input);
  });
}

/** A server started with `npm start`, or with node alone, in a process group of its own as a terminal does it. */
export class NpmStart {
  output = '';
  readonly exit: Promise<number | null>;
  private readonly child;

  constructor(
    env: Record<string, string>,
    [program, ...parameters]: readonly [string, ...string[]] = ['npm', 'start'],
  ) {
    this.child = spawn(program, parameters, { cwd: PROJECT, env: settings({ PORT: '0', ...env }), detached: true });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (data: Buffer) => (this.output += data.toString()));
    }
    this.exit = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** Starts a server and waits until it says that it is ready. */
  static async ready(env: Record<string, string>, command?: readonly [string, ...string[]]): Promise<NpmStart> {
    const server = new NpmStart(env, command);
    await server.untilSaid('is ready');
    return server;
  }

  /** Waits for a text in what the server writes, which comes to us later than an answer. */
  async untilSaid(text: string): Promise<void> {
    const ended = this.exit.then((code) => Promise.reject(new Error(`exit ${code}: ${this.output}`)));
    while (!this.output.includes(text)) {
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    ended.catch(() => undefined);
  }

  get address(): string {
    return /ready at (\S+)/.exec(this.output)![1]!;
  }

  /** Whether npm or anything that it has started is running, other than PostgreSQL, which has a group of its own. */
  get isGroupAlive(): boolean {
    try {
      this.killGroup(0);
      return true;
    } catch {
      return false;
    }
  }

  /** Sends a signal to npm, or to node, alone, as `kill` does. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.child.pid!, signal);
  }

  /** Sends a signal to npm and all that it has started, as a terminal or a crash does. */
  killGroup(signal: NodeJS.Signals | 0): void {
    process.kill(-this.child.pid!, signal);
  }
}
