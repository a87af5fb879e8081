/** Builds the admin page, unless the last build is newer than all its sources. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../apps/admin');
const SOURCES = [
  ...['src', 'public', 'index.html', 'vite.config.ts', 'package.json'],
  ...['../../package-lock.json', '../../libs/reports/src/opening-hours/weekly-hours.ts'],
];

if (modifiedMs(join(PAGE, 'dist')) < Math.max(...SOURCES.map((source) => modifiedMs(join(PAGE, source))))) {
  // Under Jest, NODE_ENV is test, with which React would come in its much larger and slower development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', '-s', 'build', '--', '--logLevel', 'warn'], { cwd: PAGE, env, stdio: 'inherit' });
}

/** Returns when a file, or anything in a directory, was last modified; 0 if it does not exist. */
function modifiedMs(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return entry?.mtimeMs ?? 0;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => modifiedMs(join(path, name))));
}
