import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { View } from '../../availability/view';
import type { SetFilters } from '../../filters/filters';
import type { HistoryView } from '../../filters/page-view';
import { formatPeriod, formatWithin } from '../../time/time.format';
import { columnsOf } from '../columns';
import type { DayStrip } from '../day-strips';
import { HistoryLegend } from '../history-legend';
import { LinearStrip } from '../linear-strip';
import { useDescription } from '../use-description';
import { Breadcrumb } from './breadcrumb';
import { DayChannels } from './day-channels';
import { DayOutages } from './day-outages';

interface Properties {
  view: View;
  strips: DayStrip[];
  /** Of the day among the strips. */
  index: number;
  show: (change: Partial<HistoryView>) => void;
  /** Shows another period instead of the day. */
  showPeriod: SetFilters;
  setFilters: SetFilters;
}

/** One day of the period: its strip, its outages and the messages around them, and its channels. */
export function DayView({ view, strips, index, show, showPeriod, setFilters }: Properties) {
  const { t } = useTranslation();
  const { filters, period } = view;
  const strip = strips[index]!;
  const [column] = columnsOf([strip], 'day', period);
  const day = formatWithin(view, 'day')(strip.day.startMs);
  const text = useDescription('day', view)(column!);
  return (
    <Stack gap="sm" className="day">
      <Group justify="space-between" gap="xs" className="no-print">
        <Breadcrumb date={strip.day.date} setFilters={showPeriod} />
        <Group gap={6} wrap="nowrap">
          <Step name={t('history.previousDay')} to={strips[index - 1]} show={show}>
            <IconChevronLeft size={18} />
          </Step>
          <Step name={t('history.nextDay')} to={strips[index + 1]} show={show}>
            <IconChevronRight size={18} />
          </Step>
          <Button variant="default" size="xs" onClick={() => show({ day: null })}>
            {t('history.allDays')}
          </Button>
        </Group>
      </Group>
      <Text fw={600} className="tabular">
        {text}
      </Text>
      <Text size="sm" c="dimmed">
        <span className="no-print">{t('history.onlyDay', { day, period: formatPeriod(period, filters) })}</span>
        <span className="print-only">
          {t('history.onlyDayPrinted', { day, period: formatPeriod(period, filters) })}
        </span>
      </Text>
      <LinearStrip period={strip.day} strips={[strip]} zone={filters.zone} label={text} height={56} />
      <HistoryLegend columns={[strip]} />
      <Fragment key={strip.day.date}>
        <DayOutages view={view} strip={strip} />
        <DayChannels view={view} part={column!} setFilters={setFilters} />
      </Fragment>
    </Stack>
  );
}

interface StepProperties extends Pick<Properties, 'show'> {
  name: string;
  to: DayStrip | undefined;
  children: ReactNode;
}

/** A button that leads to the day before or after, if that is in the period. */
function Step({ name, to, show, children }: StepProperties) {
  return (
    <ActionIcon
      variant="default"
      size={30}
      aria-label={name}
      disabled={!to}
      onClick={() => show({ day: to!.day.date })}
    >
      {children}
    </ActionIcon>
  );
}
