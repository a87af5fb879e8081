import { migrate } from '../database/data-source';
import { defineCommand, runCommand, withDatabase } from './command';

runCommand(
  defineCommand('migrate', 'Brings the schema of the database up to date.').action(async () => {
    const applied = await withDatabase(migrate);
    console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
  }),
);
