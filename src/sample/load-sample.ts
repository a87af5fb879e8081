import type { DataSource } from 'typeorm';
import { MessageImporter } from '../import/message-importer';
import { sampleMessages } from './sample-messages';

/** Loads the sample into a database that has no messages. */
export async function loadSample(dataSource: DataSource, tell: (step: string) => void): Promise<void> {
  const [{ empty }] = await dataSource.query<[{ empty: boolean }]>('select not exists (select from messages) as empty');
  if (!empty) return;
  tell('Loading the sample messages …');
  await new MessageImporter(dataSource).import(sampleMessages(new Date()));
}
