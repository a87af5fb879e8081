const { relative } = require('node:path');

const SHOWN = 10;

/** Lists the tests that passed only at their second try, and the files that took longest, after everything else that Jest prints. */
module.exports = class SummaryReporter {
  onRunComplete(_contexts, { testResults }) {
    listSecondTries(testResults);
    if (testResults.length > SHOWN) listSlowest(testResults);
  }
};

function listSecondTries(files) {
  const tests = files.flatMap(({ testFilePath, testResults }) =>
    testResults
      .filter(({ status, invocations }) => status === 'passed' && invocations > 1)
      .map(({ fullName }) => `${relative(process.cwd(), testFilePath)}: ${fullName}`),
  );
  if (tests.length === 0) return;
  process.stderr.write(`\nPassed only at the second try:\n${tests.map((test) => `  ${test}\n`).join('')}`);
}

function listSlowest(files) {
  const timed = files.map(({ testFilePath, perfStats, displayName }) => ({
    name: relative(process.cwd(), testFilePath),
    project: displayName?.name ?? '',
    seconds: perfStats.runtime / 1000,
  }));
  const slowest = timed.sort((one, other) => other.seconds - one.seconds).slice(0, SHOWN);
  process.stderr.write(`\nThe ${SHOWN} slowest of ${files.length} files:\n`);
  for (const { name, project, seconds } of slowest) {
    process.stderr.write(`${seconds.toFixed(1).padStart(7)} s  ${project.padEnd(7)}  ${name}\n`);
  }
}
