import type { ReplacedVersion } from './schedule.service';

/** The ETag of a version. */
export function entityTagOf(version: number): string {
  return `"${version}"`;
}

/**
 * Reads `If-Match`. A weak tag counts as well: proxies make them of ours when they compress a response.
 *
 * @returns undefined if there is no such header
 */
export function parseIfMatch(header: string | undefined): ReplacedVersion {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'existing';
  return header.split(',').flatMap((tag) => {
    const [, version] = /^\s*(?:W\/)?"(\d{1,9})"\s*$/.exec(tag) ?? [];
    return version === undefined ? [] : [Number(version)];
  });
}
