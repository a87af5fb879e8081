import { readEnvironment } from './environment';
import { onStop, reportFailure } from './process';
import { startServer } from './server';
import { welcome } from './welcome';

async function main(): Promise<void> {
  const environment = readEnvironment();
  const starting = startServer(environment, (step) => console.log(step));
  // A signal that comes during the start takes effect when there is something to stop.
  const withParent = process.argv.includes('--stop-with-parent');
  onStop(async () => (await starting).close(), { withParent });
  console.log(welcome(await starting, environment));
}

main().catch(reportFailure);
