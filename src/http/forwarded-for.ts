import type { IncomingHttpHeaders } from 'node:http';

/** `192.0.2.1:50000` */
const IPV4_WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/;
/** `[2001:db8::1]:50000`, or without the port. */
const IPV6_IN_BRACKETS = /^\[([\da-f:.]+)\](?::\d+)?$/i;

/**
 * Removes ports and brackets, which some proxies write, from the addresses in `X-Forwarded-For`. Each connection of a
 * client has a different port, so it would otherwise count as a different address.
 */
export function removeForwardedPorts(headers: IncomingHttpHeaders): void {
  const forwarded = headers['x-forwarded-for'];
  // Node.js joins repeated headers into one.
  if (typeof forwarded === 'string') headers['x-forwarded-for'] = forwarded.split(',').map(toAddress).join(', ');
}

function toAddress(text: string): string {
  return text.trim().replace(IPV4_WITH_PORT, '$1').replace(IPV6_IN_BRACKETS, '$1');
}
