import { Text } from '@mantine/core';
import i18next from 'i18next';
import { useMemo } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { formatPercentage } from '../availability/availability.format';
import { budgetOf } from '../availability/target';
import type { View } from '../availability/view';
import { cutsOf, type Downtime } from '../availability/report';
import { longestOf } from '../downtimes/downtime-length';
import { useOutageView } from '../downtimes/outage-view';
import { formatChannel, isSelectable } from '../filters/channel.format';
import type { FilterProperties } from '../filters/filters';
import { useHistoryView } from '../filters/page-view';
import { withoutTags } from '../phrases/phrase-values';
import { MASKED } from '../phrases/phrases';
import { datesOf } from '../time/period';
import { formatDuration, formatRoundedDuration } from '../time/duration.format';
import { formatTime, formatWithin } from '../time/time.format';
import { Jump } from './jump';
import { longestOnChannel } from './longest-on-channel';
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
  const longest = longestOf(view.report.down_times);
  const longestValues = longest && timesOf(longest, view);
  const sentence = withoutTags(t(key, { ...values, ...MASKED }));
  const isThroughout = isSilentThroughout(view);
  const [, setHistoryView] = useHistoryView();
  const showDayOf = ({ start_time: start }: Downtime) => {
    const { from: day } = datesOf({ startMs: Date.parse(start), endMs: Date.parse(start) + 1 }, view.filters.zone);
    setHistoryView({ day, outage: start });
  };
  const parts = setFilters
    ? {
        history: <Jump to="history" />,
        figures: <Jump to="figures" />,
        outage: <Jump to="history" before={() => longest && showDayOf(longest)} />,
      }
    : { history: <strong />, figures: <strong />, outage: <strong /> };
  return (
    <Text component="section" aria-label={t('dashboard.verdict')} size={size} lh={1.4} className="verdict">
      {setFilters && <title>{`${sentence} ${filters.org} – Chat Reports`}</title>}
      <Trans i18nKey={key} values={values} components={parts} />{' '}
      {isThroughout && longest && t('dashboard.silentAfter', { conversation: longest.session_id })}
      {!isThroughout && longest && (
        <Trans i18nKey="dashboard.longestOutage" values={longestValues} components={parts} />
      )}
      <LongestOnChannel view={view} longestMs={longest?.duration ?? 0} setFilters={setFilters} />
      {setFilters && <UsualLength downtimes={view.report.down_times} />}
    </Text>
  );
}

/** Names the channel with the longest outage of its own, if the whole chat hides that, and leads to its report. */
function LongestOnChannel({
  view: { filters, breakdown },
  longestMs,
  setFilters,
}: Pick<Properties, 'view' | 'setFilters'> & { longestMs: number }) {
  const found = filters.channel === null ? longestOnChannel(breakdown.channels, longestMs) : undefined;
  if (!found) return null;
  const { channel, longest_down_time: durationMs } = found;
  const values = { channel: formatChannel(channel), duration: formatDuration(durationMs) };
  const isLink = setFilters && isSelectable(channel);
  const name = isLink ? <Jump to="figures" before={() => setFilters({ channel })} /> : <strong />;
  return (
    <>
      {' '}
      <Trans i18nKey="dashboard.longestOnChannel" values={values} components={{ channel: name }} />
    </>
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
    <>
      {' '}
      <Trans i18nKey="dashboard.usualLength" values={values} components={parts} />
    </>
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

/** Names the day of an outage once, unless the outage continues on the next day, and says where the period cuts it off. */
function timesOf(downtime: Downtime, view: View) {
  const { start_time, end_time, ongoing, session_id } = downtime;
  const cuts = cutsOf(downtime, view.period);
  const [first, last] = [start_time, end_time].map(formatWithin(view, 'day'));
  const minuteOf = formatWithin(view, 'minute');
  const end = first === last ? formatTime(end_time, view.filters.zone, 'clock') : minuteOf(end_time);
  const start = minuteOf(start_time);
  return {
    start: cuts.start ? i18next.t('downtimes.before', { time: start }) : start,
    end: ongoing ? i18next.t('dashboard.ongoing') : cuts.end ? i18next.t('downtimes.after', { time: end }) : end,
    conversation: session_id,
  };
}
