/** The pages, whose links to files are relative to an address with a slash. */
const PAGES = /^\/(?:admin|backend\/docs)(?:\/|$)/;

/** Removes slashes from the end of the path of an address, so that it leads to the same route as without. */
export function removeTrailingSlash(url: string): string {
  const pathLength = url.indexOf('?') < 0 ? url.length : url.indexOf('?');
  const path = url.slice(0, pathLength);
  if (!path.endsWith('/') || PAGES.test(path)) return url;
  let end = pathLength;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end) + url.slice(pathLength);
}
