import { Alert, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CURRENT_REFRESH_MS, useCurrent } from '../availability/current';
import { hasData } from '../availability/report';
import { endsNow, useView, type View, VIEW_REFRESH_MS } from '../availability/view';
import { Figures } from '../dashboard/figures';
import { LoadingView } from '../dashboard/loading-view';
import { Verdict } from '../dashboard/verdict';
import { type Filters, useFilters } from '../filters/filters';
import { WallHistory } from '../history/wall-history';
import { Now } from '../now/now';
import type { Session } from '../session/session';
import { formatDuration } from '../time/duration.format';
import { formatPeriod, formatTime } from '../time/time.format';
import { Clock } from './clock';
import { outdatedSince } from './freshness';
import { useNow } from '../time/use-now';
import { useFit } from './use-fit';
import { useWakeLock } from './use-wake-lock';
import classes from './wall.module.css';

/** How often the page checks the age of its data. */
const CLOCK_MS = 5000;

/** The page for a screen on the wall: nothing to click, readable from afar, and clear about being out of date. */
export function Wall({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [query] = useFilters();
  const filters = { ...query, org: query.org || session.organizationIds[0]! };
  const { org } = filters;
  return session.organizationIds.includes(org) ? (
    <WallOf filters={filters} />
  ) : (
    <Alert component="main" color="red" title={t('wall.foreign', { org })} />
  );
}

function WallOf({ filters }: { filters: Filters }) {
  const { t } = useTranslation();
  const view = useView(filters, { enabled: true });
  const current = useCurrent(filters);
  const nowMs = useNow(CLOCK_MS);
  const [openedAtMs] = useState(nowMs);
  useWakeLock();
  const isRefreshed = !view.data || endsNow(view.data);
  const sinceMs = outdatedSince(
    [
      { dataUpdatedAt: view.dataUpdatedAt, refreshMs: isRefreshed ? VIEW_REFRESH_MS : undefined },
      { dataUpdatedAt: current.dataUpdatedAt, refreshMs: CURRENT_REFRESH_MS },
    ],
    openedAtMs,
    nowMs,
  );
  const isOutdated = sinceMs !== undefined;
  const state = isOutdated ? 'outdated' : current.data?.state;
  const content = useRef<HTMLDivElement>(null);
  useFit(content, `${state} ${view.data === undefined}`);
  return (
    <Stack component="main" gap="md" className={classes.wall} data-state={state}>
      <title>{`${filters.org} – Chat Reports`}</title>
      <VisuallyHidden component="h1">{t('wall.title', { org: filters.org })}</VisuallyHidden>
      {isOutdated && <OutdatedAlert sinceMs={sinceMs} nowMs={nowMs} zone={filters.zone} />}
      <Stack gap="md" ref={content} className={classes.sections} data-outdated={isOutdated || undefined}>
        <div className={classes.head}>
          <div className={classes.now}>
            <Now filters={filters} isBesidePast={Boolean(view.data && !endsNow(view.data))} />
          </div>
          <Clock org={filters.org} zone={filters.zone} />
        </div>
        <WallSections view={view.data} filters={filters} />
      </Stack>
    </Stack>
  );
}

function OutdatedAlert({ sinceMs, nowMs, zone }: { sinceMs: number; nowMs: number; zone: string }) {
  const { t } = useTranslation();
  const time = formatTime(sinceMs, zone, 'minute');
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconClockExclamation />}
      role="alert"
      title={
        <Text fz="xl" fw={700} c="bright">
          {t('wall.outdated')}
        </Text>
      }
    >
      <Text>
        {sinceMs === 0
          ? t('wall.neverAnswered')
          : t('wall.outdatedSince', { time, duration: formatDuration(nowMs - sinceMs) })}
      </Text>
    </Alert>
  );
}

function WallSections({ view, filters }: { view: View | null | undefined; filters: Filters }) {
  const { t } = useTranslation();
  if (view === undefined) return <LoadingView />;
  if (view === null) return <Text>{t('wall.noPeriod')}</Text>;
  const { org, zone } = filters;
  const time = formatTime(view.asOfMs, zone, 'minute');
  return (
    <>
      {hasData(view.report) && (
        <>
          <Verdict view={view} filters={filters} size="2rem" />
          <Figures view={view} target={filters.target} />
          <WallHistory view={view} />
        </>
      )}
      <Text component="footer" c="dimmed">
        {t('wall.asOf', { org, period: formatPeriod(view.period, view.filters), time, zone })}. {t('dashboard.rounded')}
      </Text>
    </>
  );
}
