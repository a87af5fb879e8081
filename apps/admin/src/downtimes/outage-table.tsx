import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import { Section } from '../layout/section';
import { formatCount } from '../time/locale';
import { formatRoundedDuration } from '../time/duration.format';
import { formatPeriod } from '../time/time.format';
import { DownloadButton } from './download-button';
import { OutageList } from './outage-list';
import { outageRows, type SilentDay } from './outage-rows';
import { useOutageView } from './outage-view';
import { useIsNarrow } from '../layout/use-is-narrow';

/** Lengths in minutes that the list can begin with. */
const MINIMA = [0, 5, 15, 60];

/** The outages of the period: the latest first, by day, or the longest first. */
export function OutageTable({ view, days }: { view: View; days: readonly SilentDay[] }) {
  const { t } = useTranslation();
  const [{ outages: order, 'outages-min': minutes }] = useOutageView();
  const { report, period, filters } = view;
  const { channel } = filters;
  const downtimes = report.down_times;
  const isNarrow = useIsNarrow();
  const minimumMs = minutes * 60_000;
  const shown = useMemo(() => downtimes.filter(({ duration }) => duration >= minimumMs), [downtimes, minimumMs]);
  const rows = useMemo(() => outageRows(report, order, minimumMs, days), [report, order, minimumMs, days]);
  return (
    <Section
      title={t(channel === null ? 'downtimes.title' : 'downtimes.channelTitle', {
        channel,
        period: formatPeriod(period, filters),
        number: formatCount(downtimes.length),
      })}
      aside={<DownloadButton key={`${period.startMs} ${filters.channel}`} view={view} />}
    >
      {downtimes.length === 0 ? <None view={view} /> : <Controls shown={shown.length} all={downtimes.length} />}
      {rows.length > 0 && (
        <OutageList
          key={String(isNarrow)}
          rows={rows}
          downtimes={shown}
          view={view}
          order={`${order} ${minutes} ${period.startMs}`}
          isNarrow={isNarrow}
        />
      )}
    </Section>
  );
}

function Controls({ shown, all }: { shown: number; all: number }) {
  const { t } = useTranslation();
  const [{ outages: order, 'outages-min': minutes }, change] = useOutageView();
  const minima = MINIMA.includes(minutes) ? MINIMA : [...MINIMA, minutes];
  const lengthOf = (one: number) => t('downtimes.atLeast', { duration: formatRoundedDuration(one * 60_000) });
  return (
    <Group gap="sm">
      <SegmentedControl
        size="xs"
        aria-label={t('downtimes.order')}
        data={[
          { value: 'latest', label: t('downtimes.latest') },
          { value: 'longest', label: t('downtimes.longest') },
        ]}
        value={order}
        onChange={(value) => change({ outages: value })}
      />
      <Select
        size="xs"
        w={150}
        aria-label={t('downtimes.length')}
        data={minima.map((one) => ({
          value: String(one),
          label: one === 0 ? t('downtimes.anyLength') : lengthOf(one),
        }))}
        value={String(minutes)}
        allowDeselect={false}
        onChange={(value) => change({ 'outages-min': Number(value) })}
      />
      {shown < all && (
        <Text size="sm" c="dimmed" role="status" className="tabular">
          {t('downtimes.shown', { shown: formatCount(shown), all: formatCount(all) })}
        </Text>
      )}
    </Group>
  );
}

function None({ view: { filters } }: { view: View }) {
  const { t } = useTranslation();
  const { channel, edges } = filters;
  const scope = channel === null ? t('downtimes.chat') : t('downtimes.channel', { channel });
  return <Text c="dimmed">{t(edges === 'count' ? 'downtimes.none' : 'downtimes.noneBetween', { scope })}</Text>;
}
