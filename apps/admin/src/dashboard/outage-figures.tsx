import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { thousandthsOf } from '../availability/availability.format';
import { outagesPerDay } from '../availability/comparability';
import { cutsOf, observedShare, type Report } from '../availability/report';
import type { View } from '../availability/view';
import { longestOf } from '../downtimes/downtime-length';
import { formatCount } from '../time/locale';
import { formatDuration } from '../time/duration.format';
import { Comparison } from './comparison';
import { Figure, FigureCard } from './figure-card';
import type { Comparability } from './use-comparability';

interface Properties {
  view: View;
  comparability: Comparability;
}

/** How many outages there were, and how long. */
export function OutageFigures({ view: { report, reportBefore, period }, comparability }: Properties) {
  const { t } = useTranslation();
  const { outages, mean_time_to_recovery: mean } = report.summary;
  const longest = useMemo(() => longestOf(report.down_times), [report]);
  const cuts = longest && cutsOf(longest, period);
  const summaries = [report.summary, reportBefore.summary];
  const rates = comparability.reservation ? undefined : outagesPerDay(summaries);
  const values = rates ?? summaries.map((summary) => summary.outages);
  const daily = (text: string) => (rates ? t('dashboard.aDay', { text }) : text);
  const isSilentBefore = reportBefore.summary.first_message_at === null && reportBefore.summary.outages > 0;
  // Silence from end to end is one outage, with which no number compares, and without observed time there is no rate.
  const compared = values.map((value, index) => {
    const { first_message_at: firstMessageAt, observed_time: observedMs } = summaries[index]!;
    return firstMessageAt === null || observedMs === 0 ? undefined : value;
  });
  return (
    <FigureCard title={t('dashboard.outages')}>
      <Figure name="Outages" text={formatCount(outages)} />
      <Text size="sm">
        {t(cuts?.start || cuts?.end ? 'dashboard.longestOver' : 'dashboard.longest')}{' '}
        <span data-figure="Longest outage">{longest ? formatDuration(longest.duration) : '–'}</span>
        {', '}
        {t('dashboard.average')}{' '}
        <span data-figure="Mean time to recovery">{mean === null ? '–' : formatDuration(mean)}</span>
      </Text>
      <Comparison
        of={compared}
        nothingBefore={isSilentBefore ? t('dashboard.beforeSilent') : undefined}
        texts={values.map((value) => daily(formatCount(value)))}
        difference={(value, valueBefore) => {
          const number = formatCount(Math.abs(value - valueBefore));
          return daily(t(value > valueBefore ? 'dashboard.more' : 'dashboard.fewer', { number }));
        }}
        isSaid={rates !== undefined}
        {...comparability}
        isComparable={comparability.isComparable && agrees(values, [report, reportBefore])}
      />
    </FigureCard>
  );
}

/** Whether there were more outages and less availability, or the reverse. Fewer outages are not better if they were longer. */
function agrees([outages, outagesBefore]: number[], reports: Report[]): boolean {
  const [share, shareBefore] = reports.map((report) => {
    const observed = observedShare(report);
    return observed && thousandthsOf(observed);
  });
  if (share === undefined || shareBefore === undefined) return true;
  return (outages! - outagesBefore!) * (share - shareBefore) <= 0;
}
