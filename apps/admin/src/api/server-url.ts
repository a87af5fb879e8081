/** Address of the server: the page is at `admin/` on it. It ends with a slash. */
export const SERVER_URL = new URL('..', location.href).href;
