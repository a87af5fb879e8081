import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../../availability/view';
import { barScale, drawMarks } from '../../downtimes/bar-scale';
import { OutageHead } from '../../downtimes/outage-head';
import { OutageRow } from '../../downtimes/outage-row';
import { type OutageOnDay, outagesOn } from '../../downtimes/outage-rows';
import { ScaleNote } from '../../downtimes/scale-note';
import { useIsNarrow } from '../../layout/use-is-narrow';
import { useHistoryView } from '../../filters/page-view';
import { formatCount } from '../../time/locale';
import { formatWithin } from '../../time/time.format';
import type { DayStrip } from '../day-strips';

const MOST = 10;

/** The outages of a day, each with the last message before it; the next one ended it. Of many, the longest. */
export function DayOutages({ view, strip }: { view: View; strip: DayStrip }) {
  const { t } = useTranslation();
  const [{ outage: marked }] = useHistoryView();
  const isNarrow = useIsNarrow();
  const rows = useMemo(() => outagesOn(view.report, strip), [view.report, strip]);
  const longest = [...rows].sort(longestFirst).slice(0, MOST);
  const isMarked = ({ downtime }: OutageOnDay) => downtime.start_time === marked;
  const [isWhole, setIsWhole] = useState(rows.some(isMarked) && !longest.some(isMarked));
  const scale = useMemo(() => barScale(rows.map(({ downtime }) => downtime.duration)), [rows]);
  if (rows.length === 0) return null;
  const shown = isWhole || rows.length <= MOST ? rows : longest;
  const number = formatCount(rows.length);
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {t('history.dayOutages', { day: formatWithin(view, 'day')(strip.day.startMs), number })}
      </Title>
      <ScaleNote scale={scale} />
      <Table layout="fixed" horizontalSpacing={6} style={{ ['--marks' as string]: drawMarks(scale) }}>
        <OutageHead isNarrow={isNarrow} hasDays={false} hasLast />
        <Table.Tbody>
          {shown.map((row) => (
            <OutageRow
              key={row.downtime.start_time}
              {...row}
              view={view}
              scale={scale}
              isNarrow={isNarrow}
              hasLast
              isMarked={isMarked(row)}
            />
          ))}
        </Table.Tbody>
      </Table>
      {shown.length < rows.length && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t('history.onlyLongest', { count: shown.length, all: number })}
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={() => startTransition(() => setIsWhole(true))}>
            {t('history.showAll')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function longestFirst(one: OutageOnDay, other: OutageOnDay): number {
  return other.downtime.duration - one.downtime.duration;
}
