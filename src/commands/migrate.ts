import { defineCommand, runCommand, withDatabase } from './command';

runCommand(
  defineCommand('migrate', 'Brings the database schema up to date.').action(async () => {
    const applied = await withDatabase((database) => database.appliedMigrations, { migrates: true });
    console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
  }),
);
