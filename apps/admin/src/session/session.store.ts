import i18next from 'i18next';
import { Problem } from '../api/problem.error';
import { fetchAccess } from './access';
import { isApiKey, readToken, type Session, sessionOf } from './session';
import { type LinkOutcome, takeToken, tryToken } from './sign-in.link';
import { tokenStorage } from './token.storage';

/** How long a key waits that the server could not be asked about, as when both have just been switched on. */
const RETRY_MS = 15_000;

interface State {
  session?: Session;
  /** True while the server is asked which organizations an API key may read. */
  isSigningIn?: boolean;
  /** Why the last session ended, or why a token was refused. */
  reason?: string;
  /** A sign-in link that was opened during the session. */
  link?: LinkOutcome;
}

/** The session of this tab. It survives a reload, unless the browser blocks its storage, and ends when the tab is closed. */
class SessionStore {
  private state: State = {};
  private readonly listeners = new Set<() => void>();
  private expiry?: ReturnType<typeof setTimeout>;
  private retry?: ReturnType<typeof setTimeout>;
  private latestLinkToken?: string;

  /** Signs in with the token saved before a reload, or the one in the URL. */
  restore(): void {
    const kept = tokenStorage.read();
    if (kept !== null) this.signIn(kept);
    this.takeFromUrl();
  }

  /**
   * Signs in with the token in the fragment of the URL, if any, and removes it from there at once. If there is a session,
   * the token is only tried: it neither ends nor replaces the session unless the reader accepts it.
   */
  takeFromUrl(): void {
    const token = takeToken();
    if (token === undefined) return;
    const current = tokenStorage.read();
    if (current === null) this.signIn(token);
    else if (token !== current) void this.tryLink(token);
  }

  /** Replaces the session by the one that a link offers. */
  acceptLink(): void {
    const { link } = this.state;
    this.dismissLink();
    if (link && 'offer' in link) this.begin(link.offer);
  }

  /** Forgets the link that was opened during the session. */
  dismissLink(): void {
    this.publish({ ...this.state, link: undefined });
  }

  /** Begins a session with a bearer token or an API key. If that fails, the state has the reason. */
  signIn(pasted: string): void {
    const token = readToken(pasted);
    if (isApiKey(token)) {
      void this.signInWithKey(token);
      return;
    }
    try {
      this.begin(sessionOf(token));
    } catch (error) {
      this.signOut(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends the session and forgets its token. The reason, if any, is shown to the reader. */
  signOut(reason?: string): void {
    this.stopTimers();
    tokenStorage.forget();
    this.set({ reason });
  }

  /** Calls a listener after each change. Returns a function that stops this. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): State => this.state;

  private async tryLink(token: string): Promise<void> {
    this.latestLinkToken = token;
    const link = await tryToken(token);
    // Another link may have been opened in the meantime.
    if (this.latestLinkToken === token) this.publish({ ...this.state, link });
  }

  private async signInWithKey(key: string): Promise<void> {
    this.stopTimers();
    // Kept before the server answers, so that a reload in the meantime asks again.
    tokenStorage.keep(key);
    this.set({ isSigningIn: true });
    // Another token may have been entered in the meantime.
    const isCurrent = () => tokenStorage.read() === key;
    try {
      const { organizationIds } = await fetchAccess(key);
      if (isCurrent()) this.begin({ token: key, organizationIds });
    } catch (error) {
      if (isCurrent()) this.keepOrForget(key, Problem.from(error));
    }
  }

  /** Forgets a key that the server refuses. Any other reason may pass, so the key is tried again. */
  private keepOrForget(key: string, { kind, message }: Problem): void {
    if (kind === 'unauthorized') return this.signOut(message);
    this.set({ reason: message });
    this.retry = setTimeout(() => tokenStorage.read() === key && void this.signInWithKey(key), RETRY_MS);
  }

  private begin(session: Session): void {
    this.stopTimers();
    tokenStorage.keep(session.token);
    this.set({ session });
    if (session.expiresAtMs !== undefined) this.endAt(session.expiresAtMs);
  }

  private stopTimers(): void {
    clearTimeout(this.expiry);
    clearTimeout(this.retry);
  }

  private endAt(expiresAtMs: number): void {
    const waitMs = expiresAtMs - Date.now();
    // A timer cannot wait for more than 24 days. In a tab that stays open longer, the server refuses the token.
    if (waitMs < 2 ** 31) this.expiry = setTimeout(() => this.signOut(i18next.t('session.expired')), waitMs);
  }

  /** Changes the session, and keeps the link. */
  private set(state: Omit<State, 'link'>): void {
    this.publish({ ...state, link: this.state.link });
  }

  private publish(state: State): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const sessionStore = new SessionStore();
