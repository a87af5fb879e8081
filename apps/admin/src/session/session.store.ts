import { jwtDecode } from 'jwt-decode';
import { fetchOrganizations } from '../api/access';

/** A bearer token, and what it says of itself. The server alone decides whether it is valid. */
export interface Session {
  token: string;
  organizationIds: string[];
  /** Of an API key, only the server knows when it ends. */
  expiresAtMs?: number;
}

interface State {
  session?: Session;
  /** While the server is asked what an API key is for. */
  isAsking?: boolean;
  /** Why the last session ended, or why a token was not taken. */
  reason?: string;
}

const KEY = 'chat-reports-token';

/** The session of this tab: it outlives a reload, and ends with the tab. */
class SessionStore {
  private state: State = {};
  private readonly listeners = new Set<() => void>();
  private expiry?: ReturnType<typeof setTimeout>;

  /** Takes the token from the URL, or the one of before a reload. */
  restore(): void {
    if (this.takeFromUrl()) return;
    const kept = sessionStorage.getItem(KEY);
    if (kept !== null) this.signIn(kept);
  }

  /**
   * Takes a token from the fragment of the URL, from which it is removed at once. One that cannot be used does not end a
   * session.
   *
   * @returns whether there was one
   */
  takeFromUrl(): boolean {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token === null) return false;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (this.state.session === undefined || isUsable(token)) this.signIn(token);
    return true;
  }

  signIn(token: string): void {
    const given = token.trim();
    if (isApiKey(given)) {
      void this.signInWithKey(given);
      return;
    }
    try {
      this.begin(readToken(given));
    } catch (error) {
      this.signOut(error instanceof Error ? error.message : String(error));
    }
  }

  signOut(reason?: string): void {
    clearTimeout(this.expiry);
    sessionStorage.removeItem(KEY);
    this.set({ reason });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): State => this.state;

  /** The server says what a key may read. It is kept before, so that a reload meanwhile asks again. */
  private async signInWithKey(key: string): Promise<void> {
    sessionStorage.setItem(KEY, key);
    this.set({ isAsking: true });
    try {
      const organizationIds = await fetchOrganizations(key);
      // Somebody may have signed in with another one meanwhile.
      if (sessionStorage.getItem(KEY) === key) this.begin({ token: key, organizationIds });
    } catch (error) {
      if (sessionStorage.getItem(KEY) === key) this.signOut((error as Error).message);
    }
  }

  private begin(session: Session): void {
    clearTimeout(this.expiry);
    sessionStorage.setItem(KEY, session.token);
    this.set({ session });
    if (session.expiresAtMs !== undefined) this.endAt(session.expiresAtMs);
  }

  private endAt(expiresAtMs: number): void {
    clearTimeout(this.expiry);
    const waitMs = expiresAtMs - Date.now();
    // No timer waits longer than 24 days. A tab that is open until then hears of the end from the server.
    if (waitMs < 2 ** 31) this.expiry = setTimeout(() => this.signOut('The token has expired.'), waitMs);
  }

  private set(state: State): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const sessionStore = new SessionStore();

/** Reads a token's claims. Throws an error with a text for the page if they cannot be those of a usable one. */
function readToken(token: string): Session {
  const { exp, org_id: organization } = decode(token);
  const claimed = (Array.isArray(organization) ? organization : [organization]).filter(
    (id): id is string => typeof id === 'string' && id !== '',
  );
  // A token may name one twice, the picker must not.
  const organizationIds = [...new Set(claimed)];
  if (typeof exp !== 'number') throw new Error('This token has no end (exp), so the server will not take it.');
  if (exp * 1000 <= Date.now()) throw new Error('The token has expired.');
  if (organizationIds.length === 0) throw new Error('This token names no organization (org_id).');
  return { token, organizationIds, expiresAtMs: exp * 1000 };
}

/** As the server makes them. */
function isApiKey(token: string): boolean {
  return /^cr_[\w-]+$/.test(token);
}

function isUsable(token: string): boolean {
  if (isApiKey(token)) return true;
  try {
    return readToken(token).token !== '';
  } catch {
    return false;
  }
}

function decode(token: string): Record<string, unknown> {
  try {
    const claims = jwtDecode<Record<string, unknown> | null>(token);
    if (typeof claims !== 'object' || claims === null) throw new TypeError('The claims are no object');
    return claims;
  } catch {
    throw new Error('This is not a bearer token: it has three parts of letters and digits, with dots between them.');
  }
}
