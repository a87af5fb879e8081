const { spawnSync } = require('node:child_process');
const { findChromium } = require('./test/support/chromium');
const { findPostgresPrograms } = require('./test/support/postgres-programs');

/** With DATABASE_URL the tests that use a database run on that one; nothing else has anything new to test. */
const hasServer = Boolean(process.env.DATABASE_URL);

const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'commonjs' },
};

/** @type {import('jest').Config} */
const everyProject = {
  modulePathIgnorePatterns: ['/dist/'],
  transform: { '\\.[jt]s$': ['@swc/jest', swc] },
  // Published as ECMAScript modules only, which Jest must turn into CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/|jose/|temporal-|.*content-disposition/|pretty-ms/|parse-ms/)'],
  moduleNameMapper: {
    '^@chat-reports/nestjs$': '<rootDir>/libs/reports/src',
    '^@chat-reports/nestjs/internal$': '<rootDir>/libs/reports/src/internal',
    '^@chat-reports/nestjs/openapi$': '<rootDir>/libs/reports/src/openapi.metadata',
  },
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
};

/** Jest builds and starts the database once, and only if it runs a test of one of these projects. */
const withDatabase = {
  ...everyProject,
  globalSetup: '<rootDir>/test/support/start-database.ts',
  globalTeardown: '<rootDir>/test/support/stop-database.ts',
};

/** What depends on programs that share a machine: in CI, a test that fails runs once more. */
const withSecondTry = {
  ...withDatabase,
  setupFilesAfterEnv: [...everyProject.setupFilesAfterEnv, '<rootDir>/test/support/second-try.ts'],
};

/** Rules and settings, beside the source: no database, no server, no browser. */
const unit = {
  ...everyProject,
  displayName: 'unit',
  testMatch: ['<rootDir>/{apps,libs,src}/**/*.spec.ts'],
};

/** Through HTTP and services in this process; of the generated tests, a small part of their cases. */
const api = {
  ...withDatabase,
  displayName: 'api',
  testMatch: ['<rootDir>/test/api/**/*.spec.ts', '<rootDir>/test/long/*.spec.ts'],
};

/** Starts commands, and the server as the README does. */
const processes = {
  ...withSecondTry,
  displayName: 'process',
  testMatch: [
    '<rootDir>/test/process/*.spec.ts',
    ...(hasServer ? [] : ['<rootDir>/test/process/embedded/**/*.spec.ts']),
  ],
};

/**
 * How a server is run: beside other programs, behind proxies, without its database, through restarts, on partitions, and with clients
 * that take more than their share.
 */
const operations = {
  ...withSecondTry,
  displayName: 'operations',
  testMatch: [
    '<rootDir>/test/operations/*.spec.ts',
    ...embeddedTests(),
    ...clientTests(),
    ...redisTests(),
    ...poolerTests(),
    ...backupTests(),
    ...tlsTests(),
    ...proxyTests(),
  ],
};

const browser = {
  ...withSecondTry,
  displayName: 'browser',
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
};

/** The generated tests in full, what kills the embedded PostgreSQL again and again, and the image. */
const long = {
  ...withDatabase,
  displayName: 'long',
  testMatch: ['<rootDir>/test/long/*.spec.ts', ...longProcessTests()],
  globals: { isLongRun: true },
};

function embeddedTests() {
  return hasServer ? [] : ['<rootDir>/test/operations/embedded/**/*.spec.ts'];
}

/** What clients may take is decided before the database is asked. */
function clientTests() {
  return hasServer ? [] : ['<rootDir>/test/operations/clients/*.spec.ts'];
}

function redisTests() {
  if (hasServer) return [];
  if (spawnSync('redis-server', ['--version']).status === 0) return ['<rootDir>/test/operations/redis/**/*.spec.ts'];
  console.log('The tests of rate limits in Redis are left out: there is no redis-server on this machine.');
  return [];
}

function poolerTests() {
  if (spawnSync('pgbouncer', ['--version']).status === 0) return ['<rootDir>/test/operations/pgbouncer/**/*.spec.ts'];
  console.log('The tests of a connection pooler are left out: there is no pgbouncer on this machine.');
  return [];
}

/** On the embedded server they would need tools of its own version. */
function backupTests() {
  if (!hasServer) return [];
  if (spawnSync('pg_dump', ['--version']).status === 0) return ['<rootDir>/test/operations/pg-dump/**/*.spec.ts'];
  console.log('The test of the backup is left out: there is no pg_dump on this machine.');
  return [];
}

function tlsTests() {
  if (hasServer) return [];
  if (findPostgresPrograms()) return ['<rootDir>/test/operations/tls/**/*.spec.ts'];
  console.log('The test of a database with TLS is left out: there is no PostgreSQL server or openssl on this machine.');
  return [];
}

function longProcessTests() {
  return hasServer ? [] : ['<rootDir>/test/long/process/*.spec.ts', ...dockerTests()];
}

/** `docker version` fails if there is only the client. */
function dockerTests() {
  if (spawnSync('docker', ['version']).status === 0) return ['<rootDir>/test/long/docker/*.spec.ts'];
  console.log('The test of the image is left out: there is no Docker on this machine.');
  return [];
}

function proxyTests() {
  return hasServer || !findChromium() ? [] : ['<rootDir>/test/operations/browser/*.spec.ts'];
}

function hasBrowser() {
  if (findChromium()) return true;
  console.log('The tests of the admin page are left out: there is no Chromium or Chrome on this machine.');
  return false;
}

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    ...(hasServer ? [] : [unit]),
    api,
    processes,
    ...(hasServer || !hasBrowser() ? [] : [browser]),
    operations,
    long,
  ],
  // Much of a test's time is waiting.
  maxWorkers: '100%',
  // A run with the same `--seed` generates the same inputs.
  showSeed: true,
  // More than `eventually` waits, so that a failure says what was expected.
  testTimeout: 120_000,
  reporters: ['default', '<rootDir>/test/support/summary.reporter.js'],
  collectCoverageFrom: ['{libs,src}/**/*.ts', '!**/dist/**', '!**/*.spec.ts'],
};
