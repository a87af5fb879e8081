/** Builds the admin page, unless it is already newer than what it is made of. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../apps/admin');
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json', '../../package-lock.json'];

if (changedMs(join(PAGE, 'dist')) < Math.max(...SOURCES.map((source) => changedMs(join(PAGE, source))))) {
  execFileSync('npm', ['run', '-s', 'build', '--', '--logLevel', 'warn'], { cwd: PAGE, stdio: 'inherit' });
}

/** When a file, or anything in a folder, was last written; 0 if it is not there. */
function changedMs(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return entry?.mtimeMs ?? 0;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => changedMs(join(path, name))));
}
