import { useSyncExternalStore } from 'react';
import { Dashboard } from './dashboard/dashboard';
import { SignIn } from './session/sign-in';
import { sessionStore } from './session/session.store';

/** The page: sign in, then the dashboard. The filters are in the URL, so they outlive a sign-in. */
export function App() {
  const { session, reason, isAsking } = useSyncExternalStore(sessionStore.subscribe, sessionStore.read);
  return session ? <Dashboard key={session.token} session={session} /> : <SignIn reason={reason} isAsking={isAsking} />;
}
