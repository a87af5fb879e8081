import { Skeleton, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAvailability } from '../availability/availability.format';
import { hasData, observedShare } from '../availability/report';
import { endsNow, type useView, type View } from '../availability/view';
import { CalculationLink } from '../calculation/calculation-link';
import type { FilterProperties } from '../filters/filters';
import { Now } from '../now/now';
import { hoursInWords } from '../time/hours-in-words';
import { explainNoPeriod } from '../time/period-filter';
import { formatPeriod, formatTime } from '../time/time.format';
import { Details } from './details';
import { Figures } from './figures';
import { LoadingView } from './loading-view';
import { ProblemAlert } from './problem-alert';
import { SlowNotice } from './slow-notice';
import { Verdict } from './verdict';

const LazyEmptyPeriod = lazy(() =>
  import('./empty-period').then(({ EmptyPeriod: component }) => ({ default: component })),
);
const ChannelTable = lazy(() => import('./tables').then(({ ChannelTable: component }) => ({ default: component })));

interface Properties extends FilterProperties {
  query: ReturnType<typeof useView>;
}

/** The view that the filters select, or why there is none. While the next one loads, the previous one stays, faded. */
export function ViewPanel({ query, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { data: view } = query;
  const problem = query.isError && (
    <ProblemAlert
      error={query.error}
      isRetrying={query.isFetching}
      retry={() => void queryClient.invalidateQueries()}
      shownAsOf={view ? formatTime(view.asOfMs, filters.zone, 'minute') : undefined}
    />
  );
  if (view === undefined) {
    return (
      <>
        <Now filters={filters} setFilters={setFilters} />
        {problem || (
          <>
            <SlowNotice />
            <LoadingView />
          </>
        )}
      </>
    );
  }
  if (view === null) {
    return (
      <>
        <Now filters={filters} setFilters={setFilters} />
        <EmptyPeriod title={t(`dashboard.${explainNoPeriod(filters)}`)} filters={filters} setFilters={setFilters} />
      </>
    );
  }
  return (
    <>
      {problem || (query.isPlaceholderData && <SlowNotice />)}
      <Stack gap="md" aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? 'faded' : undefined}>
        <ViewSections view={view} filters={filters} setFilters={setFilters} />
      </Stack>
    </>
  );
}

function EmptyPeriod(properties: ComponentProps<typeof LazyEmptyPeriod>) {
  return (
    <Suspense fallback={<Skeleton h={300} data-loading />}>
      <LazyEmptyPeriod {...properties} />
    </Suspense>
  );
}

/** How the figures came about, right below them. */
function Rule({ view }: { view: View }) {
  const { t } = useTranslation();
  const { channel, zone, edges } = view.filters;
  const isOfAll = channel === null && view.breakdown.channels.length > 1;
  const { hours } = view.report;
  const week = hours?.versions.at(-1)?.hours;
  const share = observedShare(view.report);
  const isObservedInPart =
    view.report.total_time > 0 && (!share || formatAvailability(share) !== formatAvailability(view.report));
  return (
    <Text size="sm" c="dimmed">
      {t(isOfAll ? 'dashboard.ruleAllChannels' : 'dashboard.rule')}{' '}
      {isOfAll && <span className="no-print">{t('dashboard.ruleChoose')} </span>}
      {hours && week && `${t('dashboard.ruleHours', { hours: hoursInWords(week), zone: hours.timezone })} `}
      {edges === 'ignore' && `${t('dashboard.ruleEdges')} `}
      {isObservedInPart && (
        <>
          {t('dashboard.wholePeriod')}{' '}
          <span data-figure="Availability of the whole period">{formatAvailability(view.report)}</span>.{' '}
        </>
      )}
      {t('dashboard.rounded')} {t('dashboard.ruleTimes', { zone, time: formatTime(view.asOfMs, zone, 'minute') })}{' '}
      <span className="no-print">
        {endsNow(view) && `${t('dashboard.refreshed')} `}
        <CalculationLink />
      </span>
    </Text>
  );
}

/** Whose report it is. On the screen, the controls show this. */
function PrintHeader({ view: { filters, period } }: { view: View }) {
  const { t } = useTranslation();
  const { org, channel } = filters;
  return (
    <Text className="print-only" fw={700}>
      {[
        t('dashboard.heading', { organization: org }),
        ...(channel === null ? [] : [channel]),
        formatPeriod(period, filters),
      ].join(', ')}
    </Text>
  );
}

function ViewSections({ view, filters, setFilters }: FilterProperties & { view: View }) {
  const { t } = useTranslation();
  const { channel } = view.filters;
  const now = <Now filters={filters} setFilters={setFilters} isBesidePast={!endsNow(view)} />;
  if (!hasData(view.report)) {
    const hasNoChannel = channel !== null && !view.breakdown.channels.some((one) => one.channel === channel);
    const title = hasNoChannel ? t('dashboard.noChannel', { channel }) : t('dashboard.emptyPeriod');
    return (
      <>
        {!hasNoChannel && now}
        <EmptyPeriod {...{ title, hasNoChannel, filters, setFilters }} />
        {view.breakdown.channels.length > 0 && (
          <Suspense fallback={<Skeleton h={300} data-loading />}>
            <ChannelTable view={view} filters={filters} setFilters={setFilters} />
          </Suspense>
        )}
      </>
    );
  }
  return (
    <>
      <PrintHeader view={view} />
      <Verdict view={view} filters={filters} setFilters={setFilters} />
      {now}
      <Stack id="figures" gap="xs">
        <Figures view={view} target={filters.target} />
        <Rule view={view} />
      </Stack>
      <Details key={view.filters.org} view={view} filters={filters} setFilters={setFilters} />
    </>
  );
}
