import Table from 'cli-table3';
import type { ApiKey } from '../api-keys/api-key.entity';
import { ApiKeyService } from '../api-keys/api-key.service';
import { withDataSource } from '../database/data-source';
import { durationMs } from '../tokens/issue-token';
import { defineCommand, parseDuration, parseOption, parseOrganization, runCommand, withDatabase } from './command';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const parseId = parseOption(
  (text) => (UUID.test(text) ? text : undefined),
  () => 'must be the id of a key, as list shows it',
);
const parseName = parseOption(
  (text) => (text.trim() === '' || text.includes('\0') ? undefined : text.trim()),
  () => 'must not be empty',
);

const apiKey = defineCommand('api-key', 'Makes, lists and revokes the API keys of organizations.');

apiKey
  .command('create')
  .description('Prints a new API key. It is shown once: only its hash is kept.')
  .requiredOption('--org <id>', 'the organization whose reports the key may read', parseOrganization)
  .requiredOption('--name <name>', 'what to call it', parseName)
  .option('--expires <duration>', 'how long it is valid: 30m, 1h, 7d; until it is revoked, if not given', parseDuration)
  .action(async ({ org: organizationId, name, expires }: { org: string; name: string; expires?: string }) => {
    const expiresAt = expires === undefined ? undefined : new Date(Date.now() + durationMs(expires));
    const { key, id } = await withApiKeys((keys) => keys.create({ organizationId, name, expiresAt }));
    console.error(`The key ${id} is shown once: keep it now.`);
    console.log(key);
  });

apiKey
  .command('list')
  .description('Lists API keys, without the keys themselves.')
  .option('--org <id>', 'those of one organization', parseOrganization)
  .action(async ({ org }: { org?: string }) => {
    const keys = await withApiKeys((service) => service.list(org));
    console.log(keys.length === 0 ? 'There are no API keys.' : toTable(keys));
  });

apiKey
  .command('revoke')
  .description('Makes an API key worthless, from the next request on.')
  .argument('<id>', 'the id of the key, as list shows it', parseId)
  .action(async (id: string) => {
    const isRevoked = await withApiKeys((keys) => keys.revoke(id));
    if (!isRevoked) throw new Error(`There is no key ${id} that could be revoked`);
    console.log(`The key ${id} is revoked.`);
  });

runCommand(apiKey);

function toTable(keys: ApiKey[]): string {
  const table = new Table({
    style: { head: [], border: [] },
    head: ['id', 'organization', 'name', 'state', 'created', 'expires', 'last used'],
  });
  for (const key of keys) {
    const times = [key.createdAt, key.expiresAt, key.lastUsedAt].map((time) => time?.toISOString() ?? '–');
    table.push([key.id, key.organizationId, key.name, stateOf(key), ...times]);
  }
  return table.toString();
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'revoked' | 'expired' | 'valid' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= new Date() ? 'expired' : 'valid';
}

async function withApiKeys<Result>(work: (keys: ApiKeyService) => Promise<Result>): Promise<Result> {
  return withDatabase((url) => withDataSource(url, (dataSource) => work(new ApiKeyService(dataSource))));
}
