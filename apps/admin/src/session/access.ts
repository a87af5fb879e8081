import { createApiClient } from '../api/client';

/** What a token or an API key allows. */
interface Access {
  organizationIds: string[];
  /** Whether it may read reports. */
  mayRead: boolean;
}

const client = createApiClient();

/**
 * Asks the server what a token or an API key may read.
 *
 * @throws Problem if the server refuses it or cannot be reached
 */
export async function fetchAccess(token: string): Promise<Access> {
  const { data } = await client.GET('/backend/access', { headers: { Authorization: `Bearer ${token}` } });
  return { organizationIds: data!.organization_ids, mayRead: data!.scopes.includes('reports:read') };
}
