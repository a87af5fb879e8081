import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { run } from './run.mjs';

/** Several applications are tested at once. */
const TIMEOUT_MS = 60_000;

/**
 * Runs a test script of a host, for all applications or one, and checks each test. A CommonJS host has Jest, an ES module Vitest.
 */
export async function checkTests({ name, folder, isModule }, script, env, application = '') {
  const report = join(folder, `${script.replace(':', '-')}${application}.json`);
  const options = isModule ? ['--reporter=json', `--hookTimeout=${TIMEOUT_MS}`] : ['--json'];
  options.push(`--testTimeout=${TIMEOUT_MS}`, `--outputFile=${report}`);
  const failure = await run(folder, 'npm', ['run', script, '--', ...options, application], env).catch((error) => error);
  await check(`${name}: npm run ${script} runs`, () => {
    if (!existsSync(report)) throw failure;
  });
  if (!existsSync(report)) return;
  for (const { name: file, message, assertionResults } of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    if (assertionResults.length === 0) await check(`${name}: ${file}`, () => Promise.reject(new Error(message)));
    for (const { fullName, status, failureMessages } of assertionResults) {
      await check(`${name}: ${fullName.trim()}`, () => {
        if (status !== 'passed') throw new Error(failureMessages.join('\n'));
      });
    }
  }
}
