import i18next from 'i18next';
import { fetchAccess } from './access';
import { isApiKey, readToken, type Session, sessionOf } from './session';

/** What became of a sign-in link that was opened during a session: the session it offers, or why it was refused. */
export type LinkOutcome = { offer: Session } | { refusal: string };

/** Takes the token out of the fragment of the URL; undefined if there is none. */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return readToken(token);
}

/** Tries the token of a link. Anybody can make a link, so its token must not replace a session before the reader agrees. */
export async function tryToken(token: string): Promise<LinkOutcome> {
  try {
    const claimed = isApiKey(token) ? { token } : sessionOf(token);
    const { organizationIds, mayRead } = await fetchAccess(token);
    if (!mayRead) return { refusal: i18next.t('session.noScope') };
    return { offer: { ...claimed, organizationIds: [...new Set(organizationIds)] } };
  } catch (error) {
    return { refusal: (error as Error).message };
  }
}
