import { Trans } from 'react-i18next';
import { useChannelReport } from '../availability/channel-report';
import type { View } from '../availability/view';
import { longestOf } from '../downtimes/downtime-length';
import { placeInHistory, timesOf } from '../downtimes/outage-times';
import { formatChannel, isSelectable } from '../filters/channel.format';
import type { SetFilters } from '../filters/filters';
import { useHistoryView } from '../filters/page-view';
import { formatDuration } from '../time/duration.format';
import { channelWithHiddenOutage } from './hidden-outage';
import { Jump } from './jump';

interface Properties {
  view: View;
  /** Of the longest outage of the whole chat, in milliseconds; 0 if there was none. */
  longestMs: number;
  /** Missing where nobody can click. */
  setFilters?: SetFilters;
}

/** Names the channel with the longest outage of its own, if the whole chat hides that, and leads to it. */
export function LongestOnChannel({ view, longestMs, setFilters }: Properties) {
  const { filters, breakdown } = view;
  const found = filters.channel === null ? channelWithHiddenOutage(breakdown.channels, longestMs) : undefined;
  if (!found) return null;
  const { channel, longest_down_time: durationMs } = found;
  return <Named {...{ view, channel, durationMs, setFilters }} />;
}

type NamedProperties = Omit<Properties, 'longestMs'> & { channel: string; durationMs: number };

function Named({ view, channel, durationMs, setFilters }: NamedProperties) {
  const [, setHistoryView] = useHistoryView();
  const { data: report } = useChannelReport(view, channel);
  const longest = report && longestOf(report.down_times);
  const values = {
    channel: formatChannel(channel),
    duration: formatDuration(durationMs),
    ...(longest && timesOf(longest, view)),
  };
  const show = () => {
    setFilters?.({ channel });
    if (longest) setHistoryView(placeInHistory(longest, report, view.filters.zone));
  };
  const part = setFilters && isSelectable(channel) ? <Jump to="history" before={show} /> : <strong />;
  const key = longest ? 'dashboard.longestOnChannelAt' : 'dashboard.longestOnChannel';
  return (
    <>
      {' '}
      <Trans i18nKey={key} values={values} components={{ outage: part }} />
    </>
  );
}
