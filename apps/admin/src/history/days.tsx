import { Anchor, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { View } from '../availability/view';
import type { SetFilters } from '../filters/filters';
import type { Period } from '../time/period';
import { zoomFilter } from '../time/period-filter';
import type { Column } from './columns';
import { HistoryLegend } from './history-legend';
import { LinearStrip } from './linear-strip';
import { Strips } from './strips';
import type { HistoryModel } from './use-history';
import { useDescription } from './use-description';
import { useWorst } from './use-worst';

interface Properties {
  view: View;
  model: HistoryModel;
  open: (date: string) => void;
  setFilters: SetFilters;
}

/** Days, or weeks of a long period, as strips of 24 hours; a period of one day along a line. What is pointed at is said below them. */
export function Days({ view, model: { columns, strips, unit }, open, setFilters }: Properties) {
  const { zone } = view.filters;
  const describe = useDescription(unit, view);
  const { worst, name: worstName } = useWorst(columns, unit);
  const [pointed, setPointed] = useState<Column>();
  const openColumn = (column: Column) =>
    unit === 'day' ? open(column.date) : setFilters(zoomFilter(column, zone, view.asOfMs));
  if (columns.length === 1) return <OneDay view={view} model={{ columns, strips, unit }} />;
  const shown = pointed && columns.find(({ date }) => date === pointed.date);
  return (
    <Stack gap="xs">
      <Text size="sm" className="tabular" mih={22}>
        {shown && describe(shown)}
        {!shown && worst && (
          <>
            {worstName}{' '}
            <Anchor component="button" inherit ta="start" onClick={() => openColumn(worst)}>
              {describe(worst)}
            </Anchor>
          </>
        )}
      </Text>
      <Strips columns={columns} unit={unit} view={view} open={openColumn} point={setPointed} />
      <HistoryLegend columns={columns} />
    </Stack>
  );
}

/** A period of one day. Within three hours, its axis has minutes. */
function OneDay({ view, model: { columns, strips, unit } }: Pick<Properties, 'view' | 'model'>) {
  const { zone } = view.filters;
  const describe = useDescription(unit, view);
  const period = isShort(view.period) ? view.period : strips[0]!.day;
  return (
    <Stack gap="xs">
      <Text size="sm">{describe(columns[0]!)}</Text>
      <LinearStrip period={period} strips={strips} zone={zone} label={describe(columns[0]!)} height={56} />
      <HistoryLegend columns={columns} />
    </Stack>
  );
}

const SHORT_MS = 3 * 3_600_000;

/** Checks whether a period is so short that its minutes are shown. */
export function isShort({ startMs, endMs }: Period): boolean {
  return endMs - startMs < SHORT_MS;
}
