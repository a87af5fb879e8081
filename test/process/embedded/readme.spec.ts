import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type CommandBlock, commandBlocksOf, DOCUMENTS } from '../../support/guide';
import { PROJECT, ServerProcess, settings } from '../../support/run';

/** The beginnings of the commands that are not run here, and what runs them instead. */
const RUN_ELSEWHERE = [
  'npm ci && npm start', // This test starts its server that way.
  'npm ci && npm test', // This test is part of it.
  'npm test -- --selectProjects unit', // CI runs its projects.
  'npm install @chat-reports/nestjs', // scripts/check-package.mjs
  'npm ci\nNODE_ENV=production', // The test of the guide to operations.
  'pg_dump', // The test of the backup.
  'cp -a data data-backup', // The test of the backup of the embedded database.
  'PGPASSWORD', // The test of a server on the embedded database connects to the same socket.
  'npm run -s export', // The test of the command.
  'DATABASE_URL=postgres://…@primary', // The test of the replica.
  'cat > .env', // The test of the container.
  'docker compose exec', // The test of the container.
];

const blocks = DOCUMENTS.flatMap(commandBlocksOf);
const startsWith = (beginning: string) => (block: CommandBlock) => block.commands.startsWith(beginning);
const runHere = blocks.filter((block) => !RUN_ELSEWHERE.some((beginning) => startsWith(beginning)(block)));

describe('the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-readme-'));
  const env = { DATA_DIR: join(folder, 'data') };
  let server: ServerProcess;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    server = await ServerProcess.ready(env);
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    await server.exit;
    rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  });

  it('have commands with answers', () => {
    expect(runHere.filter(({ answer }) => answer !== undefined).length).toBeGreaterThanOrEqual(9);
  });

  it.each(RUN_ELSEWHERE)('have the commands %j, which are run elsewhere', (beginning) => {
    expect(blocks.some(startsWith(beginning))).toBe(true);
  });

  it.each(runHere.map((block) => [block.document, block.commands.split('\n')[0], block] as const))(
    '%s: %s answers as it says',
    async (_document, _name, block) => {
      const commands = block.commands
        .replaceAll('http://127.0.0.1:3000', server.address)
        .replaceAll('curl ', 'curl -sS ')
        .replaceAll('hours.json', join(folder, 'hours.json'));
      const options = { cwd: PROJECT, env: settings(env) };
      const { stdout } = await promisify(execFile)('sh', ['-ec', commands], options);
      const { answer } = block;
      if (answer?.form === 'json') expect(JSON.parse(stdout)).toEqual(JSON.parse(answer.text));
      else if (answer) expect(stdout.replaceAll('\r\n', '\n')).toContain(answer.text);
    },
  );
});
