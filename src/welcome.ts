import type { Environment } from './environment';
import type { Server } from './server';
import { issueToken } from './tokens/issue-token';

const EXAMPLE =
  '/backend/reports/123456/chats/availability?startDate=2023-01-01T00:00:00Z&endDate=2023-01-31T23:59:59Z';

/** What a server says once it is ready. The demo adds a page and a request to try, with a token that is valid for a day. */
export function welcome({ address, auth }: Server, environment: Environment): string {
  const ready = `Chat Reports is ready at ${address}`;
  if (!environment.isDemo) return ready;
  const token = issueToken(auth, { organizationIds: ['demo', '123456'], expiresIn: '1d' });
  return `${ready}

Open it:

  ${address}/admin/#token=${token}

Ask it:

  curl -H 'Authorization: Bearer ${token}' \\
    '${address}${EXAMPLE}'
`;
}
