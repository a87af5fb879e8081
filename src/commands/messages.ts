import { createInterface } from 'node:readline/promises';
import { withDataSource } from '../database/data-source';
import { type DeletionScope, MessageDeletion } from '../import/message-deletion';
import { escapeControls } from '../text/control-characters';
import { countOf, formatCount } from '../text/counts';
import { defineCommand, runCommand, withDatabase } from './command';
import { organizationOption } from './organization.options';
import { boundary } from './time.options';

interface DeleteOptions {
  organization: string;
  channel?: string;
  from?: Date;
  to?: Date;
  yes?: true;
}

const messages = defineCommand('messages', 'Changes the stored messages.');

messages
  .command('delete')
  .description('Deletes messages of an organization permanently, after asking for confirmation.')
  .addOption(organizationOption('organization whose messages to delete').makeOptionMandatory())
  .option('--channel <name>', 'delete only messages of this channel')
  .option('--from <time>', 'delete only messages from then on: an ISO 8601 date or time', boundary('start'))
  .option('--to <time>', 'delete only messages until then: an ISO 8601 date (included) or time', boundary('end'))
  .option('--yes', 'do not ask for confirmation (for scripts)')
  .action(async ({ organization: organizationId, channel, from, to, yes }: DeleteOptions) => {
    if (from !== undefined && to !== undefined && to <= from) throw new Error('--to must be later than --from');
    if (!yes && !process.stdin.isTTY) throw new Error('Nothing is deleted: pass --yes to delete without being asked');
    await withDatabase(({ url }) =>
      withDataSource(url, async (dataSource) => {
        const scope = { organizationId, channel, from, to };
        const deletion = new MessageDeletion(dataSource);
        if (!yes && !(await isConfirmed(await deletion.count(scope), scope))) return console.log('Nothing is deleted.');
        const deleted = await deletion.delete(scope);
        console.log(`Messages of ${escapeControls(organizationId)} deleted: ${formatCount(deleted)}`);
      }),
    );
  });

runCommand(messages);

async function isConfirmed(found: number, { organizationId }: DeletionScope): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const question = `Delete ${countOf(found, 'message')} of ${escapeControls(organizationId)} permanently? [y/N] `;
  // Ends without an answer where the input does.
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(question), ended]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
