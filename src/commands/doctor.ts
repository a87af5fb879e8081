import { inspectMessages } from '@chat-reports/nestjs';
import { withDataSource } from '../database/data-source';
import { defineCommand, runCommand, withDatabase } from './command';
import { describeInspection } from './doctor.format';

runCommand(
  defineCommand('doctor', 'Checks that the database has what reports need, and says what is missing.').action(
    async () => {
      const inspection = await withDatabase((url) => withDataSource(url, (source) => inspectMessages(source)));
      console.log(describeInspection(inspection));
      if (inspection.indexes.some(({ statement }) => statement !== undefined)) process.exitCode = 1;
    },
  ),
);
