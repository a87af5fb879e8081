import { Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Downtime, observedFrom } from '../availability/report';
import type { View } from '../availability/view';
import { placeInHistory } from '../downtimes/outage-times';
import type { FilterProperties, SetFilters } from '../filters/filters';
import { type HistoryView, useHistoryView } from '../filters/page-view';
import { Section } from '../layout/section';
import { formatPeriod, formatTime } from '../time/time.format';
import { Days } from './days';
import { ModeSwitch } from './mode-switch';
import type { HistoryModel } from './use-history';

const DayView = lazy(() => import('./day/day-view').then(({ DayView: component }) => ({ default: component })));
const HeatMap = lazy(() => import('./heat-map-view').then(({ HeatMap: component }) => ({ default: component })));
const Timeline = lazy(() => import('./timeline').then(({ Timeline: component }) => ({ default: component })));

interface Properties extends Pick<FilterProperties, 'setFilters'> {
  view: View;
  model: HistoryModel;
}

/** When chat was silent in the period: day by day, by hours and weekdays, or along a line. A day opens in its place. */
export function History({ view, model, setFilters }: Properties) {
  const { t } = useTranslation();
  const [{ history: mode, day }, setHistoryView] = useHistoryView();
  const title = useRef<HTMLHeadingElement>(null);
  // What has the focus is about to disappear.
  const keepFocus = () => title.current?.focus({ preventScroll: true });
  const show = (change: Partial<HistoryView>) => {
    setHistoryView({ outage: null, ...change });
    keepFocus();
  };
  const open = (outage: Downtime) => show(placeInHistory(outage, view.report, view.filters.zone));
  const showPeriod: SetFilters = (change) => {
    setFilters(change);
    show({ day: null });
  };
  const isOfAll = view.filters.channel === null && view.breakdown.channels.length > 1;
  const index = model.strips.findIndex((strip) => strip.day.date === day);
  return (
    <Section
      title={t(isOfAll ? 'history.titleOfAll' : 'history.title')}
      titleRef={title}
      aside={
        index === -1 && (
          <ModeSwitch mode={mode} model={model} view={view} onChange={(history) => setHistoryView({ history })} />
        )
      }
    >
      <Suspense fallback={<Skeleton h={220} />}>
        {index !== -1 ? (
          <DayView
            view={view}
            strips={model.strips}
            index={index}
            show={show}
            showPeriod={showPeriod}
            setFilters={setFilters}
          />
        ) : (
          <Stack gap="sm">
            <Period view={view} />
            {mode === 'days' && (
              <Days view={view} model={model} open={(date) => show({ day: date })} setFilters={showPeriod} />
            )}
            {mode === 'hours' && <HeatMap strips={model.strips} />}
            {mode === 'timeline' && <Timeline view={view} strips={model.strips} open={open} />}
          </Stack>
        )}
      </Suspense>
    </Section>
  );
}

/** What is shown, and since when there is data. */
function Period({ view }: { view: View }) {
  const { t } = useTranslation();
  const { zone } = view.filters;
  const firstMessageAt = observedFrom(view.report, view.period);
  return (
    <Text size="sm" c="dimmed">
      {formatPeriod(view.period, view.filters)}
      {firstMessageAt && `. ${t('history.knownSince', { time: formatTime(firstMessageAt, zone, 'minute') })}`}
    </Text>
  );
}
