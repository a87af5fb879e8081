import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { formatPercentage } from '../availability/availability.format';
import { budgetOf } from '../availability/target';
import type { View } from '../availability/view';
import type { Downtime } from '../availability/report';
import { longestOf } from '../downtimes/downtime-length';
import { placeInHistory, timesOf } from '../downtimes/outage-times';
import { useOutageView } from '../downtimes/outage-view';
import type { FilterProperties } from '../filters/filters';
import { useHistoryView } from '../filters/page-view';
import { withoutTags } from '../phrases/phrase-values';
import { MASKED } from '../phrases/phrases';
import { formatDuration, formatRoundedDuration } from '../time/duration.format';
import { Jump } from './jump';
import { LongestOnChannel } from './longest-on-channel';
import { usePeriodName } from './period-name';
import { usualMinutes } from './usual-minutes';

interface Properties extends Omit<FilterProperties, 'setFilters'> {
  view: View;
  /** Missing where nobody can click. The verdict then leads nowhere, and is not the title of the page. */
  setFilters?: FilterProperties['setFilters'];
  size?: string;
}

/** What the period was like, in one or two sentences whose parts link to the details. They are the title of the page, too. */
export function Verdict({ view, filters, setFilters, size = 'lg' }: Properties) {
  const { t } = useTranslation();
  const { key, values } = useSentence(view, filters.target);
  const longest = useMemo(() => longestOf(view.report.down_times), [view.report]);
  const longestValues = longest && timesOf(longest, view);
  const sentence = withoutTags(t(key, { ...values, ...MASKED }));
  const isThroughout = isSilentThroughout(view);
  const [, setHistoryView] = useHistoryView();
  const show = (outage: Downtime) => setHistoryView(placeInHistory(outage, view.report, view.filters.zone));
  const conversation = <span className="whole" />;
  const parts = setFilters
    ? {
        conversation,
        history: <Jump to="history" />,
        figures: <Jump to="figures" />,
        outage: <Jump to="history" before={() => longest && show(longest)} />,
      }
    : { conversation, history: <strong />, figures: <strong />, outage: <strong /> };
  return (
    <Text component="section" aria-label={t('dashboard.verdict')} size={size} lh={1.4} className="verdict">
      {setFilters && <title>{`${sentence} ${filters.org} – Chat Reports`}</title>}
      <Trans i18nKey={key} values={values} components={parts} />{' '}
      {longest && (
        <Trans
          i18nKey={isThroughout ? 'dashboard.silentAfter' : 'dashboard.longestOutage'}
          values={longestValues}
          components={parts}
        />
      )}
      <LongestOnChannel view={view} longestMs={longest?.duration ?? 0} setFilters={setFilters} />
      {setFilters && <UsualLength downtimes={view.report.down_times} />}
    </Text>
  );
}

/** Of many short outages, says how short most are, and leads to the longer ones. */
function UsualLength({ downtimes }: { downtimes: Downtime[] }) {
  const minutes = useMemo(() => usualMinutes(downtimes), [downtimes]);
  const [, change] = useOutageView();
  if (minutes === undefined) return null;
  const values = { duration: formatRoundedDuration(minutes * 60_000) };
  const parts = { outages: <Jump to="outages" before={() => change({ 'outages-min': minutes })} /> };
  return (
    <span className="no-print">
      {' '}
      <Trans i18nKey="dashboard.usualLength" values={values} components={parts} />
    </span>
  );
}

function useSentence(view: View, target: number) {
  const period = usePeriodName(view);
  const { channel } = view.filters;
  const { total_down_time: silentMs } = view.report;
  const { leftMs } = budgetOf(view, target);
  const values = {
    period,
    channel: channel ?? '',
    duration: formatDuration(silentMs),
    over: formatDuration(Math.abs(leftMs)),
    target: formatPercentage(target),
  };
  const ofTarget = leftMs < 0 ? 'silentOver' : 'silentWithin';
  const outcome = silentMs === 0 ? 'neverSilent' : isSilentThroughout(view) ? 'silentThroughout' : ofTarget;
  const ofChannel = {
    neverSilent: 'channelNeverSilent',
    silentThroughout: 'channelSilentThroughout',
    silentOver: 'channelSilentOver',
    silentWithin: 'channelSilentWithin',
  } as const;
  return { key: `dashboard.${channel === null ? outcome : ofChannel[outcome]}` as const, values };
}

/** Checks whether none of the observed time was up. */
function isSilentThroughout({ report: { total_down_time: silentMs, summary } }: View): boolean {
  return silentMs > 0 && silentMs === summary.observed_time;
}
