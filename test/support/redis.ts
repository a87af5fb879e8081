import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port';
import { eventually } from './eventually';

/** A Redis of a test's own, with nothing in it. */
export class TestRedis {
  private constructor(
    readonly url: string,
    private readonly stopping: () => Promise<void>,
  ) {}

  static async start(): Promise<TestRedis> {
    const port = await freePort();
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    await eventually(() => expect(output).toContain('Ready to accept connections'));
    return new TestRedis(`redis://127.0.0.1:${port}`, async () => {
      child.kill('SIGKILL');
      await ended;
    });
  }

  async stop(): Promise<void> {
    await this.stopping();
  }
}
