// In JSON, a backslash and what it escapes belong together, and a quote, even an escaped one, ends the URL.

/** User name and password of a URL. */
const USER_INFO = /([a-z][a-z\d+.-]*:\/\/)(?:\\[^"]|[^\s/?#"\\])*@/gi;
/** Parameters of a URL such as `password` and `sslpassword`. */
const SECRET_PARAMETER = /([?&][\w-]*(?:password|secret|token)[\w-]*=)(?:\\[^"]|[^\s&#"\\])*/gi;

/** Removes the credentials from all URLs in a text that is logged or printed. A line of JSON remains valid. */
export function redactCredentials(text: string): string {
  return text.replace(USER_INFO, '$1***@').replace(SECRET_PARAMETER, '$1***');
}
