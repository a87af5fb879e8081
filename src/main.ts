import { onStopSignal, reportFailure } from './process';
import { readEnvironment } from './environment';
import { startServer } from './server';
import { welcome } from './welcome';

async function main(): Promise<void> {
  const environment = readEnvironment();
  const starting = startServer(environment, (step) => console.log(step));
  // A signal that comes during the start takes effect when there is something to stop.
  onStopSignal(async () => (await starting).close());
  console.log(welcome(await starting, environment));
}

main().catch(reportFailure);
