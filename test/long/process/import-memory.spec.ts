import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TestDatabase } from '../../support/database';
import { runCommand } from '../../support/run';

const ROWS = 1_000_000;

/** Keeping all rows would take several times as much. */
const HEAP_MB = 64;

describe('an import of a million messages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-memory-'));
  const file = join(folder, 'messages.csv');
  let database: TestDatabase;
  let env: Record<string, string>;

  beforeAll(async () => {
    database = await TestDatabase.create();
    env = { DATABASE_URL: database.url, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` };
    await pipeline(Readable.from(lines()), createWriteStream(file));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['is checked', ['--dry-run'], '1,000,000 messages, 0 invalid rows'],
    ['is stored', [], '1,000,000 messages, 1,000,000 added'],
  ])(`%s in a heap of ${HEAP_MB} MB`, async (_name, options, figures) => {
    const { code, stdout } = await runCommand('import', [...options, file], env);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(figures) as string });
  });
});

function* lines(): Generator<string> {
  yield 'organization_id,channel,session_id,created_at\n';
  for (let row = 0; row < ROWS; row++) {
    const at = new Date(Date.UTC(2026, 0, 1) + row * 7_000).toISOString();
    yield `acme,channel-${row % 5},session-${Math.floor(row / 20)},${at}\n`;
  }
}
