/** The placeholder for the session in the server's setting `CONVERSATION_URL`. */
const PLACEHOLDER = '{session_id}';

/**
 * Returns the address of a conversation.
 *
 * @param template an http or https URL with `{session_id}`
 * @returns undefined if that would be an address elsewhere, or no address
 */
export function conversationUrl(template: string, sessionId: string): string | undefined {
  const at = (text: string) => template.replaceAll(PLACEHOLDER, () => text);
  const url = at(encodeURIComponent(sessionId));
  // A path segment of one or two dots leads to another path.
  if (sessionId === '' || /^\.{1,2}$/.test(sessionId) || !URL.canParse(url)) return undefined;
  const { protocol, origin } = new URL(url);
  const isSafe = /^https?:$/.test(protocol) && origin === new URL(at('x')).origin;
  return isSafe ? url : undefined;
}
