import { issueToken } from './auth/issue-token';
import type { Environment } from './config/environment';
import type { Server } from './server';

const EXAMPLE =
  '/backend/reports/123456/chats/availability?startDate=2023-01-01T00:00:00Z&endDate=2023-01-31T23:59:59Z';

/**
 * The text that is printed when a server is ready. In the demo it includes a link to the admin page and a request to
 * try, both with a token that is valid for a day.
 */
export function welcome({ address, metricsAddress, auth }: Server, environment: Environment): string {
  const metrics = metricsAddress === undefined ? '' : `\nMetrics are at ${metricsAddress}`;
  const ready = `Chat Reports is ready at ${address}${metrics}`;
  if (!environment.isDemo) return ready;
  const token = issueToken(auth, { organizationIds: ['demo', '123456'], expiresIn: '1d' });
  return `${ready}

Open the admin page:

  ${address}/admin/#token=${token}

Or request a report:

  curl -H 'Authorization: Bearer ${token}' \\
    '${address}${EXAMPLE}'
`;
}
