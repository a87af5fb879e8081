import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { Command } from 'commander';
import { type ImportCommandOptions, toImportOptions, withReadingOptions } from '../../src/commands/import.options';
import { MessageFile } from '../../src/import/message-file';
import { readDocument } from '../support/guide';
import { STORED_AS } from '../support/stored-as';

/** The rows of a table in the guide to the import. */
function rowsOf(section: string): string[][] {
  const text = readDocument('docs/import.md').split(`\n## ${section}\n`)[1]!.split('\n## ')[0]!;
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  const rows = lines.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')));
  return rows.slice(2).map((cells) => cells.slice(1, -1).map((cell) => cell.replaceAll('\\|', '|')));
}

/** The text that a cell shows in escaped form. */
const unescape = (cell: string) =>
  cell.replace(/\\([nrt])/g, (_, letter: 'n' | 'r' | 't') => ({ n: '\n', r: '\r', t: '\t' })[letter]);

describe('a file', () => {
  let folder: string;

  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'chat-reports-files-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function open(text: string, storedAs: string, options: string) {
    const name = join(folder, 'file');
    writeFileSync(name, await STORED_AS[storedAs]!(unescape(text)));
    const command = withReadingOptions(new Command()).exitOverride();
    command.parse(options.split(' ').filter(Boolean), { from: 'user' });
    return new MessageFile(name, toImportOptions(command.opts<ImportCommandOptions>()));
  }

  async function messagesOf(file: MessageFile) {
    const messages = [];
    for await (const rows of file.rows()) messages.push(...rows);
    return messages;
  }

  it.each(rowsOf('What is read') as [string, string, string, string][])(
    'of the guide is read: %s',
    async (_name, text, storedAs, options) => {
      const [message, ...others] = await messagesOf(await open(text, storedAs, options));
      expect(others).toEqual([]);
      expect({ ...message, id: undefined }).toEqual({
        organizationId: 'acme',
        channel: 'web',
        sessionId: 's1',
        createdAtMs: Date.parse('2024-05-06T08:01:00Z'),
        id: undefined,
      });
    },
  );

  it.each(rowsOf('What is refused') as [string, string, string, string, string][])(
    'of the guide is refused: %s',
    async (_name, text, storedAs, options, error) => {
      const file = await open(text, storedAs, options);
      await expect(messagesOf(file)).rejects.toThrow(
        new Error(`${file.name}${/^[:(]/.test(error) ? '' : ': '}${error}`),
      );
    },
  );

  it('of zstd is read, or refused with the command that unpacks it, as Node can', async () => {
    const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string) => Buffer };
    const text = 'organization_id,channel,session_id,created_at\nacme,web,s1,2024-05-06T08:01:00Z\n';
    const name = join(folder, 'file.zst');
    writeFileSync(name, zstdCompressSync?.(text) ?? Buffer.from('28b52ffd0458', 'hex'));
    const reading = messagesOf(new MessageFile(name));
    if (zstdCompressSync) expect(await reading).toHaveLength(1);
    else
      await expect(reading).rejects.toThrow(
        `which Node ${process.versions.node} cannot read; unpack it first: zstd -d`,
      );
  });

  it('has rows in both tables of the guide', () => {
    expect(rowsOf('What is read').length).toBeGreaterThan(30);
    expect(rowsOf('What is refused').length).toBeGreaterThan(12);
  });
});
