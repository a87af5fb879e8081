import Table from 'cli-table3';
import type { ApiKey } from '../auth/api-key.entity';
import type { ApiKeyService } from '../auth/api-key.service';
import { DEFAULT_SCOPE } from '../auth/default-scope';
import { durationMs, isDuration } from '../auth/duration';
import { escapeControls } from '../text/control-characters';
import { defineCommand, parseOption, runCommand, withDatabase } from './command';
import { organizationOption } from './organization.options';

interface CreateOptions {
  organization: string;
  name: string;
  scope: string;
  expires: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const parseId = parseOption(
  (text) => (UUID.test(text) ? text : undefined),
  () => 'must be the id of a key, as shown by list',
);
const parseName = parseOption(
  (text) => (text.trim() === '' || text.includes('\0') ? undefined : text.trim()),
  () => 'must not be empty',
);
const parseScope = parseOption(
  (text) => (/^[\w:.-]+( [\w:.-]+)*$/.test(text) ? text : undefined),
  () => 'must be names separated by a space, such as reports:read',
);
const parseValidity = parseOption(
  (text) => (text === 'never' || isDuration(text) ? text : undefined),
  () => 'must be a number and a unit, or never: 30m, 1h, 7d',
);

const apiKey = defineCommand('api-key', 'Creates, lists and revokes API keys.');

apiKey
  .command('create')
  .description('Creates an API key and prints it. It cannot be shown again: only its hash is stored.')
  .addOption(organizationOption('organization whose reports the key may read').makeOptionMandatory())
  .requiredOption('--name <name>', 'a label for the key', parseName)
  .option('--scope <scopes>', 'scopes of the key, separated by spaces', parseScope, DEFAULT_SCOPE)
  .option('--expires <duration>', 'validity, such as 30m, 1h or 7d; never: until it is revoked', parseValidity, '365d')
  .action(async ({ organization: organizationId, name, scope, expires }: CreateOptions) => {
    const expiresAt = expires === 'never' ? undefined : new Date(Date.now() + durationMs(expires));
    const { key, id } = await withApiKeys((keys) => keys.create({ organizationId, name, scope, expiresAt }));
    await audit('API key created', { id, organizationId, name }, { scope, expiresAt });
    console.error(`Created the key ${id}. Save it now: it cannot be shown again.`);
    console.log(key);
  });

apiKey
  .command('list')
  .description('Lists API keys. The keys themselves are not shown.')
  .addOption(organizationOption('list only the keys of this organization'))
  .action(async ({ organization }: { organization?: string }) => {
    const keys = await withApiKeys((service) => service.list(organization));
    console.log(keys.length === 0 ? 'There are no API keys.' : toTable(keys));
  });

apiKey
  .command('revoke')
  .description('Revokes an API key. It is refused immediately.')
  .argument('<id>', 'the id of the key, as shown by list', parseId)
  .action(async (id: string) => {
    const key = await withApiKeys((keys) => keys.revoke(id));
    if (key === undefined) throw new Error(`There is no key ${id}, or it is already revoked`);
    await audit('API key revoked', key);
    console.log(`The key ${id} is revoked.`);
  });

runCommand(apiKey);

/** Writes a line in the form of the server's log to standard error, since the output is the key. */
async function audit(
  event: string,
  { id, organizationId, name }: Pick<ApiKey, 'id' | 'organizationId' | 'name'>,
  details: object = {},
): Promise<void> {
  const { createLogger } = await import('../logging/logger.js');
  createLogger('info', process.stderr).info({ keyId: id, organization: organizationId, name, ...details }, event);
}

function toTable(keys: ApiKey[]): string {
  const table = new Table({
    style: { head: [], border: [] },
    head: ['id', 'organization', 'name', 'scope', 'state', 'created', 'expires', 'last used'],
  });
  for (const key of keys) {
    const times = [key.createdAt, key.expiresAt, key.lastUsedAt].map((time) => time?.toISOString() ?? '–');
    table.push([
      key.id,
      escapeControls(key.organizationId),
      escapeControls(key.name),
      key.scope,
      stateOf(key),
      ...times,
    ]);
  }
  return table.toString();
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'revoked' | 'expired' | 'valid' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= new Date() ? 'expired' : 'valid';
}

async function withApiKeys<Result>(work: (keys: ApiKeyService) => Promise<Result>): Promise<Result> {
  const { ApiKeyService } = await import('../auth/api-key.service.js');
  const { withDataSource } = await import('../database/data-source.js');
  return withDatabase(({ url }) => withDataSource(url, (dataSource) => work(new ApiKeyService(dataSource))));
}
