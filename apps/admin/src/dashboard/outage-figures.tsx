import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { outagesPerDay } from '../availability/comparability';
import { cutsOf } from '../availability/report';
import type { View } from '../availability/view';
import { longestOf, shownLengthMs } from '../downtimes/downtime-length';
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
  // Silence from end to end is one outage, with which no number compares.
  const compared = values.map((value, index) => (summaries[index]!.first_message_at === null ? undefined : value));
  return (
    <FigureCard title={t('dashboard.outages')}>
      <Figure name="Outages" text={formatCount(outages)} />
      <Text size="sm">
        {t(cuts?.start || cuts?.end ? 'dashboard.longestOver' : 'dashboard.longest')}{' '}
        <span data-figure="Longest outage">{longest ? formatDuration(shownLengthMs(longest)) : '–'}</span>
        {', '}
        {t('dashboard.average')}{' '}
        <span data-figure="Mean time to recovery">{mean === null ? '–' : formatDuration(mean)}</span>
      </Text>
      <Comparison
        of={compared}
        texts={values.map((value) => daily(formatCount(value)))}
        difference={(value, valueBefore) => {
          const number = formatCount(Math.abs(value - valueBefore));
          return daily(t(value > valueBefore ? 'dashboard.more' : 'dashboard.fewer', { number }));
        }}
        {...comparability}
      />
    </FigureCard>
  );
}
