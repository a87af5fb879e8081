import createClient from 'openapi-fetch';
import { throwProblems } from './problem.middleware';
import type { paths } from './schema';

const client = createClient<paths, 'application/json'>();
client.use(throwProblems);

/** Asks the server which organizations a token may read. Throws a Problem if it is refused, or cannot be asked. */
export async function fetchOrganizations(token: string): Promise<string[]> {
  const { data } = await client.GET('/backend/access', { headers: { Authorization: `Bearer ${token}` } });
  return data!.organization_ids;
}
