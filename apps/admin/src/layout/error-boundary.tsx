import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

interface Properties {
  children: ReactNode;
  /** Ends the session, which may be the cause of the failure. */
  signOut: () => void;
}

interface State {
  error?: unknown;
}

/** Shows why the page cannot be shown, and ways on. React would otherwise leave the window empty. */
export class ErrorBoundary extends Component<Properties, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? 'Unknown error' };
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { children, signOut } = this.props;
    return error === undefined ? children : <Failure error={error} signOut={signOut} />;
  }
}

/** Plain HTML, since anything else may be what failed. The phrases are loaded before anything is shown. */
function Failure({ error, signOut }: { error: unknown; signOut: () => void }) {
  const signOutAndReload = () => {
    signOut();
    location.reload();
  };
  return (
    <main className="notice">
      <div role="alert">
        <h1>{i18next.t('problems.stopped')}</h1>
        <p>{i18next.t('problems.stoppedText')}</p>
        <pre>{error instanceof Error ? error.message : String(error)}</pre>
      </div>
      <p>
        <button onClick={() => location.reload()}>{i18next.t('problems.reload')}</button>{' '}
        <button onClick={signOutAndReload}>{i18next.t('problems.signOut')}</button>{' '}
        <a href={location.pathname}>{i18next.t('problems.withoutFilters')}</a>
      </p>
    </main>
  );
}
