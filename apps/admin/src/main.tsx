import '@mantine/core/styles.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.error';
import { App } from './app';
import { sessionStore } from './session/session.store';
import { theme } from './theme';

const queryClient = new QueryClient({
  // An answer that failed is asked for again by the reader, who is told why, or by the next refresh.
  // Without a network, too: the server may be on this machine, and waiting in silence tells nothing.
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

// The answers to one token are not for the next one.
sessionStore.subscribe(() => queryClient.clear());

sessionStore.restore();
// A link that signs in may be pasted over a page that is open already.
addEventListener('hashchange', () => sessionStore.takeFromUrl());

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>
          <App />
        </NuqsAdapter>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
