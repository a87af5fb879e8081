import { Anchor, Grid, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { endsNow, hasData, type useView, type View } from '../api/availability';
import type { Filters, SetFilters } from '../filters/filters';
import { explainNoPeriod } from '../filters/period';
import { formatTime } from '../format/time.format';
import { ChannelTable } from './channel-table';
import { EmptyPeriod } from './empty-period';
import { Figures } from './figures';
import { History } from './history';
import { LoadingView } from './loading-view';
import { OutageTable } from './outage-table';
import { ProblemAlert } from './problem-alert';

interface Properties {
  query: ReturnType<typeof useView>;
  filters: Filters;
  setFilters: SetFilters;
}

/** What the filters show, or why it is not there. What is shown already stays, pale, while something else is on its way. */
export function ViewPanel({ query, filters, setFilters }: Properties) {
  const queryClient = useQueryClient();
  const { data: view } = query;
  const problem = query.isError && (
    <ProblemAlert
      error={query.error}
      isRetrying={query.isFetching}
      retry={() => void queryClient.invalidateQueries()}
      shownSince={view ? formatTime(view.askedAtMs, filters.zone, 'minute') : undefined}
    />
  );
  if (view === undefined) return problem || <LoadingView />;
  if (view === null) {
    return <EmptyPeriod title={explainNoPeriod(filters)} filters={filters} setFilters={setFilters} />;
  }
  return (
    <>
      {problem}
      <Stack gap="md" aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? 'pale' : undefined}>
        <ViewSections view={view} filters={filters} setFilters={setFilters} />
        <ViewFooter view={view} />
      </Stack>
    </>
  );
}

function ViewFooter({ view }: { view: View }) {
  const { zone } = view.filters;
  return (
    <Text component="footer" size="sm" c="dimmed">
      Times in {zone}, as of {formatTime(view.askedAtMs, zone)}
      {endsNow(view) && '; asked again each minute'}. The numbers are those of the{' '}
      <Anchor href="/backend/docs" inherit underline="always">
        API
      </Anchor>
      .
    </Text>
  );
}

function ViewSections({ view, filters, setFilters }: { view: View; filters: Filters; setFilters: SetFilters }) {
  if (!hasData(view.report)) {
    return (
      <>
        <EmptyPeriod title="No messages in this period" filters={filters} setFilters={setFilters} />
        {view.breakdown.channels.length > 0 && <ChannelTable view={view} filters={filters} setFilters={setFilters} />}
      </>
    );
  }
  return (
    <>
      <Figures view={view} target={filters.target} />
      <History view={view} filters={filters} setFilters={setFilters} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <OutageTable view={view} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <ChannelTable view={view} filters={filters} setFilters={setFilters} />
        </Grid.Col>
      </Grid>
    </>
  );
}
