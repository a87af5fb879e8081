const { spawnSync } = require('node:child_process');
const { findChromium } = require('./test/support/chromium');

const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'commonjs' },
};

// With DATABASE_URL the tests that use a database run on that one, and nothing else has anything new to test.
const others = process.env.DATABASE_URL
  ? []
  : ['<rootDir>/{apps,libs,src}/**/*.spec.ts', '<rootDir>/test/{embedded,fuzz}/**/*.spec.ts', ...browserTests()];

function browserTests() {
  if (findChromium()) return ['<rootDir>/test/admin/**/*.spec.ts'];
  console.log('The tests of the admin page are left out: there is no Chromium or Chrome on this machine.');
  return [];
}

function redisTests() {
  if (spawnSync('redis-server', ['--version']).status === 0) return ['<rootDir>/test/redis/**/*.spec.ts'];
  console.log('The tests of rate limits in Redis are left out: there is no redis-server on this machine.');
  return [];
}

/** On the embedded server they would need tools of its own version. */
function backupTests() {
  if (!process.env.DATABASE_URL) return [];
  if (spawnSync('pg_dump', ['--version']).status === 0) return ['<rootDir>/test/pg-dump/**/*.spec.ts'];
  console.log('The test of the backup is left out: there is no pg_dump on this machine.');
  return [];
}

/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/*.spec.ts', ...redisTests(), ...backupTests(), ...others],
  // Much of a test's time is waiting.
  maxWorkers: '100%',
  modulePathIgnorePatterns: ['/dist/'],
  transform: { '\\.[jt]s$': ['@swc/jest', swc] },
  // Published as ECMAScript modules only, which Jest must turn into CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/|jose/|temporal-|.*content-disposition/)'],
  moduleNameMapper: {
    '^@chat-reports/nestjs$': '<rootDir>/libs/reports/src',
    '^@chat-reports/nestjs/openapi$': '<rootDir>/libs/reports/src/openapi.metadata',
  },
  globalSetup: '<rootDir>/test/support/start-database.ts',
  globalTeardown: '<rootDir>/test/support/stop-database.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  testTimeout: 60_000,
  collectCoverageFrom: ['{libs,src}/**/*.ts', '!**/dist/**', '!**/*.spec.ts'],
};
