/** Load on a server from several connections, each of which waits for its answer before it sends the next request. */
import autocannon from 'autocannon';
import { authorizationFor } from './http-server.mjs';

export const CONNECTIONS = 32;

/** Settings of a server for load: all requests come from one address with one token. */
export const UNLIMITED = { RATE_LIMIT_PER_ADDRESS: '0', RATE_LIMIT_PER_TOKEN: '0', MAX_CONCURRENT_REPORTS: '1000' };

/** Returns how many requests per second were answered with 2xx, their time in ms, and the number of other responses. */
export async function load(organization, url, seconds) {
  const headers = { authorization: authorizationFor(organization) };
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, headers });
  if (result.errors > 0) throw new Error(`${url}: ${result.errors} connections failed`);
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx,
  };
}
