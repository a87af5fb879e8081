import { Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { unknownUntil, type View } from '../api/availability';
import type { Filters, SetFilters } from '../filters/filters';
import { formatPeriod, formatTime } from '../format/time.format';
import { AvailabilityBars } from './availability-bars';
import { BarLegend } from './bar-legend';
import { OutageTimeline } from './outage-timeline';
import { Section } from './section';
import { TimeAxis } from './time-axis';

interface Properties {
  view: View;
  filters: Filters;
  setFilters: SetFilters;
}

/** How the period went: bars, the outages on the same axis, and the axis. */
export function History({ view, filters, setFilters }: Properties) {
  const { zone } = view.filters;
  const title = useRef<HTMLHeadingElement>(null);
  const zoom: SetFilters = (change) => {
    setFilters(change);
    // The bar that had the focus is about to go.
    title.current?.focus();
  };
  const knownFrom = unknownUntil(view.report, view.period);
  return (
    <Section
      title={`Availability by ${view.interval}`}
      titleRef={title}
      aside={<BarLegend buckets={view.trend.buckets} target={filters.target} />}
    >
      <Text size="sm" c="dimmed">
        {formatPeriod(view.period, zone)}, compared with {formatPeriod(view.before, zone)}
        {knownFrom &&
          `. The first message is of ${formatTime(knownFrom, zone, 'minute')}; what was before does not count`}
      </Text>
      <Stack gap={6}>
        <AvailabilityBars view={view} target={filters.target} setFilters={zoom} />
        <OutageTimeline view={view} />
        <TimeAxis view={view} />
      </Stack>
    </Section>
  );
}
