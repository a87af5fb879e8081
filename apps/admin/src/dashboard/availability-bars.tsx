import { Tooltip } from '@mantine/core';
import { useRovingIndex } from '@mantine/hooks';
import type { Bucket, View } from '../api/availability';
import type { SetFilters } from '../filters/filters';
import { zoomFilter } from '../filters/period';
import { formatAvailability } from '../format/availability.format';
import { formatDuration, formatTime } from '../format/time.format';
import classes from './availability-bars.module.css';
import { barLevel } from './bar-level';

interface Properties {
  view: View;
  target: number;
  setFilters: SetFilters;
}

/** One bar for each hour, day or month, as wide as it is long. A click shows it alone; arrow keys go along. */
export function AvailabilityBars({ view, target, setFilters }: Properties) {
  const { interval, filters } = view;
  const { buckets } = view.trend;
  const isAlone = buckets.length === 1;
  const { getItemProps } = useRovingIndex({ total: buckets.length, loop: false });
  const zoom = (bucket: Bucket) => {
    const period = { startMs: Date.parse(bucket.start_time), endMs: Date.parse(bucket.end_time) };
    setFilters(zoomFilter(period, filters.zone, view.askedAtMs));
  };
  return (
    <Tooltip.Group>
      <ul className={classes.bars} aria-label="Availability; arrow keys go from bar to bar">
        {buckets.map((bucket, index) => {
          const text = describe(bucket, interval, filters.zone);
          return (
            <li key={bucket.start_time} style={{ flexGrow: bucket.total_time }}>
              <Tooltip
                label={text}
                events={{ hover: true, focus: true, touch: true }}
                withinPortal={false}
                multiline
                maw="min(340px, 80vw)"
                w="max-content"
                withArrow
              >
                <button
                  type="button"
                  className={classes.bar}
                  aria-label={text}
                  aria-disabled={isAlone}
                  {...getItemProps({ index, onClick: () => !isAlone && zoom(bucket) })}
                >
                  <span className={classes.fill} data-level={barLevel(bucket, target)} />
                </button>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </Tooltip.Group>
  );
}

function describe(bucket: Bucket, interval: View['interval'], zone: string): string {
  const time = formatTime(bucket.start_time, zone, interval);
  if (bucket.availability_percentage === null) return `${time}: no data`;
  const outages = bucket.outages === 1 ? '1 outage' : `${bucket.outages} outages`;
  const silent = bucket.outages === 0 ? 'no outage' : `${formatDuration(bucket.total_down_time)} silent in ${outages}`;
  return `${time}: ${formatAvailability(bucket)} available, ${silent}`;
}
