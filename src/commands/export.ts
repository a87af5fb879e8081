import { pipeline } from 'node:stream/promises';
import { defineCommand, runCommand, withDatabase } from './command';
import { organizationsOption } from './organization.options';

interface Options {
  organization?: string[];
}

runCommand(
  defineCommand('export', 'Prints messages as NDJSON, which the command import reads back.')
    .addOption(organizationsOption('organizations whose messages to print; default: all'))
    .action(async ({ organization: organizationIds }: Options) => {
      const { withDataSource } = await import('../database/data-source.js');
      const { exportMessages } = await import('../export/export-messages.js');
      await withDatabase(({ url }) =>
        withDataSource(url, async (dataSource) => {
          await pipeline(exportMessages(dataSource, organizationIds), process.stdout, { end: false });
        }),
      );
    }),
);
