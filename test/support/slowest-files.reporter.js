const { relative } = require('node:path');

const SHOWN = 10;

/** Lists the files that took longest, after everything else that Jest prints. */
module.exports = class SlowestFilesReporter {
  onRunComplete(_contexts, { testResults }) {
    if (testResults.length <= SHOWN) return;
    const files = testResults.map(({ testFilePath, perfStats, displayName }) => ({
      name: relative(process.cwd(), testFilePath),
      project: displayName?.name ?? '',
      seconds: perfStats.runtime / 1000,
    }));
    const slowest = files.sort((one, other) => other.seconds - one.seconds).slice(0, SHOWN);
    process.stderr.write(`\nThe ${SHOWN} slowest of ${files.length} files:\n`);
    for (const { name, project, seconds } of slowest) {
      process.stderr.write(`${seconds.toFixed(1).padStart(7)} s  ${project.padEnd(7)}  ${name}\n`);
    }
  }
};
