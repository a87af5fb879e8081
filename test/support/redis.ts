import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../src/database/free-port';

/** A Redis of a test's own, with nothing in it. */
export class TestRedis {
  private constructor(
    readonly url: string,
    private readonly stopping: () => Promise<void>,
  ) {}

  static async start(): Promise<TestRedis> {
    const port = await freePort(0);
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    while (!output.includes('Ready to accept connections')) {
      if (child.exitCode !== null) throw new Error(output);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return new TestRedis(`redis://127.0.0.1:${port}`, async () => {
      child.kill('SIGKILL');
      await ended;
    });
  }

  async stop(): Promise<void> {
    await this.stopping();
  }
}
