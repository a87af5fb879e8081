import { readEnvironment } from './config/environment';
import { onStop, reportFailure } from './process';
import { startServer } from './server';
import { welcome } from './welcome';

async function main(): Promise<void> {
  const environment = readEnvironment();
  const starting = startServer(environment, (step) => console.log(step));
  // A signal that arrives during startup takes effect as soon as there is a server to close.
  const withParent = process.argv.includes('--stop-with-parent');
  onStop(async () => (await starting).close(), { withParent });
  const server = await starting;
  if (environment.startsWithoutDatabase) {
    console.log(`Chat Reports listens at ${server.address} and waits for its database`);
  }
  if (await server.databaseOpened) console.log(welcome(server, environment));
}

main().catch(reportFailure);
