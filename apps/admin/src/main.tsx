import '@mantine/core/styles.css';
import './page.css';
import './print.css';
import './forced-colors.css';
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.error';
import { App } from './app';
import { ErrorBoundary } from './layout/error-boundary';
import { loadPhrases } from './phrases/phrases';
import { sessionStore } from './session/session.store';
import { theme } from './theme';
import { LANGUAGE } from './time/locale';

const queryClient = new QueryClient({
  // A problem is shown at once. The reader or the next refresh then tries again. Requests are sent even without a
  // network, since the server may run on this machine.
  defaultOptions: {
    queries: { retry: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
  queryCache: new QueryCache({ onError: endSession }),
  mutationCache: new MutationCache({ onError: endSession }),
});

function endSession(error: unknown): void {
  if (error instanceof Problem && error.kind === 'unauthorized') sessionStore.signOut(error.message);
}

// Data of one session must not be shown in the next.
let { session: shown } = sessionStore.read();
sessionStore.subscribe(() => {
  const { session } = sessionStore.read();
  if (session !== shown) queryClient.clear();
  shown = session;
});

await loadPhrases(LANGUAGE);
document.documentElement.lang = LANGUAGE;
sessionStore.restore();
// A sign-in link may be pasted into the address bar of an open page, which only changes the fragment.
addEventListener('hashchange', () => sessionStore.takeFromUrl());

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary signOut={() => sessionStore.signOut()}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <NuqsAdapter>
            <App />
          </NuqsAdapter>
        </QueryClientProvider>
      </MantineProvider>
    </ErrorBoundary>
  </StrictMode>,
);
