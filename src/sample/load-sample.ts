import type { DataSource } from 'typeorm';
import { MessageImporter } from '../import/message-importer';
import { sampleMessages } from './sample-messages';

/**
 * Loads the sample messages into a database that has no messages.
 *
 * @param onStep called before loading, with a line that describes it
 */
export async function loadSample(dataSource: DataSource, onStep: (step: string) => void): Promise<void> {
  const [{ empty }] = await dataSource.query<[{ empty: boolean }]>('select not exists (select from messages) as empty');
  if (!empty) return;
  onStep('Loading the sample messages …');
  await new MessageImporter(dataSource).import(sampleMessages(new Date()), { source: 'sample' });
}
