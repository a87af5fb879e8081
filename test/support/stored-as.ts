import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';

/** Ways to turn a text into the bytes of a file, by their names in the guide to the import. */
export const STORED_AS: Record<string, (text: string) => Buffer | Promise<Buffer>> = {
  '': (text) => Buffer.from(text),
  'UTF-8 with BOM': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16 LE': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16 LE with BOM': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 BE': (text) => Buffer.from(text, 'utf16le').swap16(),
  'Windows-1252': (text) => Buffer.from(text, 'latin1'),
  gzip: (text) => gzipSync(text),
  zip: (text) => zip({ 'messages.csv': text, '__MACOSX/._messages.csv': '' }),
  'zip of two': (text) => zip({ 'messages.csv': text, 'users.csv': 'name\n' }),
  'zip with a password': async (text) => {
    const archive = await zip({ 'messages.csv': text });
    // The first flag of the file, in the central directory at the end of the archive.
    archive[archive.indexOf('PK\x01\x02') + 8]! |= 1;
    return archive;
  },
  'zip with a changed byte': async (text) => {
    const archive = await zip({ 'messages.csv': text }, false);
    archive[archive.indexOf('Z\n')] = 0x7a;
    return archive;
  },
  'half a zip': async (text) => (await zip({ 'messages.csv': text })).subarray(0, 80),
  'half a gzip': (text) => gzipSync(text).subarray(0, 60),
  'gzip with a changed byte': (text) => {
    const bytes = gzipSync(text);
    bytes[bytes.length - 8]! ^= 1;
    return bytes;
  },
  'zip without an extension': (text) => zip({ export: text }),
  'zip of two others': (text) => zip({ 'export.bak': text, export: text }),
  PDF: () => Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0', 'latin1'),
  SQLite: () => Buffer.from('SQLite format 3\0\x10\0'),
  OpenDocument: () => zip({ mimetype: '', 'content.xml': '' }),
  Excel: () => zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }),
  tar: () => tar('messages.csv'),
  // The program may be missing, and only the first bytes matter.
  xz: () => Buffer.from('fd377a585a000004e6d6b446', 'hex'),
  bzip2: () => Buffer.from('BZh61AY&SY\0'),
};

/** Makes a zip archive of texts by their names. */
export function zip(files: Record<string, string>, compress = true): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, text] of Object.entries(files)) archive.addBuffer(Buffer.from(text), name, { compress });
  archive.end();
  return buffer(archive.outputStream);
}

function tar(name: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'chat-reports-tar-'));
  writeFileSync(join(folder, name), 'x');
  const archive = execFileSync('tar', ['-c', name], { cwd: folder });
  rmSync(folder, { recursive: true });
  return archive;
}
