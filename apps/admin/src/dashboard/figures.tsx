import { Group, Paper, Progress, SimpleGrid, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { hasData, type Report, unknownUntil, type View } from '../api/availability';
import { budgetLeftMs, budgetMs, formatAvailability } from '../format/availability.format';
import { formatDuration } from '../format/time.format';

/** One number of a report: how it is found, written and judged. */
interface Figure {
  title: string;
  of: (report: Report) => number | null;
  format: (value: number, report: Report) => string;
  isMoreBetter?: boolean;
}

const FIGURES: Figure[] = [
  {
    title: 'Availability',
    of: ({ availability_percentage: percentage }) => percentage,
    format: (_, report) => formatAvailability(report),
    isMoreBetter: true,
  },
  { title: 'Total downtime', of: (report) => report.total_down_time, format: formatOrNone },
  { title: 'Outages', of: ({ summary }) => summary.outages, format: (count) => count.toLocaleString() },
  { title: 'Longest outage', of: ({ summary }) => summary.longest_down_time, format: formatDuration },
  { title: 'Mean time to recovery', of: ({ summary }) => summary.mean_time_to_recovery, format: formatDuration },
];

/** The figures of the period, each beside that of the period before. */
export function Figures({ view, target }: { view: View; target: number }) {
  const { report, reportBefore } = view;
  const isPartial = unknownUntil(reportBefore, view.before) !== undefined;
  const before = { report: reportBefore, isPartial };
  const budgetLeft: Figure = {
    title: 'Downtime budget left',
    of: (one) => budgetLeftMs(one, target),
    format: formatOrNone,
    isMoreBetter: true,
  };
  const allowedMs = budgetMs(report.total_time, target);
  return (
    <SimpleGrid component="section" aria-label="Figures" cols={{ base: 2, sm: 3, lg: 6 }} spacing="md">
      {FIGURES.map((figure) => (
        <FigureCard key={figure.title} figure={figure} report={report} before={before} />
      ))}
      <FigureCard figure={budgetLeft} report={report} before={before}>
        <Text size="xs" c="dimmed">
          of {formatOrNone(allowedMs)} at {target} %
        </Text>
        <Progress
          value={allowedMs === 0 ? 0 : (Math.max(0, budgetLeftMs(report, target)) / allowedMs) * 100}
          color="var(--met)"
          size="sm"
          aria-label="Share of the downtime budget that is left"
        />
      </FigureCard>
    </SimpleGrid>
  );
}

/** What a figure is compared with. */
interface Before {
  report: Report;
  /** Messages begin in the middle of it, so nothing is better or worse than it. */
  isPartial: boolean;
}

interface CardProperties {
  figure: Figure;
  report: Report;
  before: Before;
  children?: ReactNode;
}

function FigureCard({ figure, report, before, children }: CardProperties) {
  const value = figure.of(report);
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed">
        {figure.title}
      </Text>
      <Text fz={24} fw={700} lh={1.4} data-figure={figure.title}>
        {value === null ? '–' : figure.format(value, report)}
      </Text>
      {children}
      <Comparison figure={figure} report={report} before={before} />
    </Paper>
  );
}

function formatOrNone(durationMs: number): string {
  return durationMs === 0 ? 'none' : formatDuration(durationMs);
}

function Comparison({ figure, report, before }: Omit<CardProperties, 'children'>) {
  if (!hasData(before.report)) return <Change text="before: no messages" />;
  if (before.isPartial) return <Change text="before: known in part" />;
  const [value, valueBefore] = [figure.of(report), figure.of(before.report)];
  const textBefore = valueBefore === null ? 'none' : figure.format(valueBefore, before.report);
  const text = `before: ${textBefore}`;
  if (value === null || valueBefore === null) return <Change text={text} />;
  // What reads the same is the same.
  if (figure.format(value, report) === textBefore)
    return <Change icon={<IconEqual size={14} aria-hidden />} text={text} />;
  const isMore = value > valueBefore;
  const isBetter = isMore === (figure.isMoreBetter ?? false);
  const Arrow = isMore ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Change
      icon={<Arrow size={14} role="img" aria-label={isBetter ? 'Better,' : 'Worse,'} />}
      color={isBetter ? 'var(--better)' : 'var(--worse)'}
      text={text}
    />
  );
}

function Change({ icon, color = 'dimmed', text }: { icon?: ReactNode; color?: string; text: string }) {
  return (
    <Group gap={4} c={color} wrap="nowrap">
      {icon}
      <Text size="xs">{text}</Text>
    </Group>
  );
}
