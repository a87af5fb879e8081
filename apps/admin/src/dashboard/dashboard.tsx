import { Alert, Container, Stack, VisuallyHidden } from '@mantine/core';
import { useView } from '../api/availability';
import { FilterBar } from '../filters/filter-bar';
import { useCompleteUrl, useFilters } from '../filters/filters';
import type { Session } from '../session/session.store';
import { Now } from './now';
import { PageHeader } from './page-header';
import { ViewPanel } from './view-panel';

/** What a support lead sees of an organization. */
export function Dashboard({ session }: { session: Session }) {
  const [query, setFilters] = useFilters();
  const filters = { ...query, org: query.org || session.organizationIds[0]! };
  useCompleteUrl(filters, setFilters);
  const isAllowed = session.organizationIds.includes(filters.org);
  const view = useView(filters, { enabled: isAllowed });
  const properties = { filters, setFilters };
  return (
    <Container size="xl" py="md">
      <title>{`${filters.org} – Chat Reports`}</title>
      <Stack gap="md">
        <PageHeader session={session} {...properties} />
        <Stack component="main" gap="md">
          <VisuallyHidden component="h1">Chat availability of {filters.org}</VisuallyHidden>
          {isAllowed ? (
            <>
              <Now filters={filters} />
              <FilterBar {...properties} channels={channelsOf(view.data)} />
              <ViewPanel query={view} {...properties} />
            </>
          ) : (
            <Alert color="red" title={`Your token does not include the organization ${filters.org}`}>
              Choose another one above, or sign in with a token that includes it.
            </Alert>
          )}
        </Stack>
      </Stack>
    </Container>
  );
}

function channelsOf(view: ReturnType<typeof useView>['data']): string[] {
  return view?.breakdown.channels.map(({ channel }) => channel).sort() ?? [];
}
