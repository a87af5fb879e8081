const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Where Debian installs the programs of each version. */
const VERSIONS = '/usr/lib/postgresql';

/** The folder of a PostgreSQL server of this machine that can use TLS, with openssl to make its certificate; undefined if there is none. */
function findPostgresPrograms() {
  if (spawnSync('openssl', ['version']).status !== 0 || !existsSync(VERSIONS)) return undefined;
  const folders = readdirSync(VERSIONS).map((version) => join(VERSIONS, version, 'bin'));
  return folders.findLast((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

module.exports = { findPostgresPrograms };
