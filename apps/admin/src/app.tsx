import { lazy, Suspense, useSyncExternalStore } from 'react';
import { Dashboard } from './dashboard/dashboard';
import { LoadingView } from './dashboard/loading-view';
import { usePageView } from './filters/page-view';
import { LinkNotice } from './session/link-notice';
import type { Session } from './session/session';
import { sessionStore } from './session/session.store';
import { SignIn } from './session/sign-in';

const HoursPage = lazy(() => import('./hours/hours-page').then(({ HoursPage: component }) => ({ default: component })));

const OrganizationsPage = lazy(() =>
  import('./organizations/organizations-page').then(({ OrganizationsPage: component }) => ({ default: component })),
);
const Wall = lazy(() => import('./wall/wall').then(({ Wall: component }) => ({ default: component })));

/** The page, or the sign-in while there is no session. The filters are in the URL, so they survive a sign-in. */
export function App() {
  const { session, reason, isSigningIn, link } = useSyncExternalStore(sessionStore.subscribe, sessionStore.read);
  return (
    <>
      {link && <LinkNotice link={link} />}
      {session === undefined ? (
        <SignIn reason={reason} isSigningIn={isSigningIn} />
      ) : (
        <Suspense fallback={<LoadingView />}>
          <SignedIn key={session.token} session={session} />
        </Suspense>
      )}
    </>
  );
}

function SignedIn({ session }: { session: Session }) {
  const [view] = usePageView();
  switch (view) {
    case 'hours':
      return <HoursPage session={session} />;
    case 'organizations':
      return <OrganizationsPage session={session} />;
    case 'wall':
      return <Wall session={session} />;
    case null:
      return <Dashboard session={session} />;
  }
}
