import { Stack } from '@mantine/core';
import type { View } from '../api/availability';
import { type Filters, type SetFilters } from '../filters/filters';
import { AvailabilityBars } from './availability-bars';
import { BarLegend } from './bar-legend';
import { OutageTimeline } from './outage-timeline';
import { Section } from './section';
import { TimeAxis } from './time-axis';

const TITLES = { hour: 'Availability by hour', day: 'Availability by day', month: 'Availability by month' };

interface Properties {
  view: View;
  filters: Filters;
  setFilters: SetFilters;
}

/** How the period went: bars, the outages on the same axis, and the axis. */
export function History({ view, filters, setFilters }: Properties) {
  return (
    <Section title={TITLES[view.interval]} aside={<BarLegend buckets={view.trend.buckets} target={filters.target} />}>
      <Stack gap={6}>
        <AvailabilityBars view={view} filters={filters} setFilters={setFilters} />
        <OutageTimeline view={view} zone={filters.zone} />
        <TimeAxis view={view} zone={filters.zone} />
      </Stack>
    </Section>
  );
}
