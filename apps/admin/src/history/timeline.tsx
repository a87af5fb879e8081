import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Downtime } from '../availability/report';
import type { View } from '../availability/view';
import { formatDowntime } from '../downtimes/downtime.format';
import type { DayStrip } from './day-strips';
import { HistoryLegend } from './history-legend';
import { LinearStrip } from './linear-strip';

interface Properties {
  view: View;
  strips: DayStrip[];
  /** Opens the day of an outage. */
  open: (outage: Downtime) => void;
}

/** The whole period from left to right. The outage that is pointed at is said above it, and leads to its day. */
export function Timeline({ view, strips, open }: Properties) {
  const { t } = useTranslation();
  const { report, period, filters } = view;
  const [pointed, setPointed] = useState<number>();
  const downtime = pointed === undefined ? undefined : report.down_times[pointed];
  return (
    <Stack gap="xs">
      <Text size="sm" className="tabular" mih={22} c={downtime ? undefined : 'dimmed'}>
        {downtime ? formatDowntime(downtime, view) : t('history.timelineHint')}
      </Text>
      <LinearStrip
        period={period}
        strips={strips}
        zone={filters.zone}
        label={t('history.timelineOf', { count: report.down_times.length })}
        height={72}
        point={setPointed}
        open={(outage) => open(report.down_times[outage]!)}
      />
      <HistoryLegend columns={strips} />
    </Stack>
  );
}
