import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NpmStart, PROJECT, settings } from '../support/run';

interface Block {
  commands: string;
  /** What stands below the commands, where that is an answer. */
  answer?: { form: string; text: string };
}

/** The shell commands of the README but the first two, which are how the test itself starts. */
function blocks(): Block[] {
  const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8');
  const fences = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, form, text]) => ({
    form: form!,
    text: text!,
  }));
  return fences.flatMap(({ form, text }, index) => {
    const next = fences[index + 1];
    const answer = next && ['json', 'text', 'csv'].includes(next.form) ? next : undefined;
    return form === 'sh' && !text.startsWith('npm ci') ? [{ commands: text, answer }] : [];
  });
}

describe('the README', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-readme-'));
  const env = { DATA_DIR: join(folder, 'data') };
  let server: NpmStart;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await NpmStart.ready(env);
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    await server.exit;
    rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  });

  it('has commands with answers', () => {
    expect(blocks().filter(({ answer }) => answer !== undefined).length).toBeGreaterThanOrEqual(7);
  });

  it.each(blocks().map((block) => [block.commands.split('\n')[0], block] as const))(
    '%s answers as it says',
    async (_name, block) => {
      const commands = block.commands
        .replaceAll('http://127.0.0.1:3000', server.address)
        .replaceAll('curl ', 'curl -sS ');
      const options = { cwd: PROJECT, env: settings(env) };
      const { stdout } = await promisify(execFile)('sh', ['-ec', commands], options);
      const { answer } = block;
      if (answer?.form === 'json') expect(JSON.parse(stdout)).toEqual(JSON.parse(answer.text));
      else if (answer) expect(stdout.replaceAll('\r\n', '\n')).toContain(answer.text);
    },
  );
});
