import { Box, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { View } from '../api/availability';
import { formatTime } from '../format/time.format';

/** Pixels that a label and the space around it take. */
const LABEL_PIXELS = 80;

/** Where the bars and the timeline are in time. */
export function TimeAxis({ view: { period, trend, interval, filters } }: { view: View }) {
  const { ref, width } = useElementSize();
  const { startMs, endMs } = period;
  const every = Math.ceil(trend.buckets.length / Math.max(1, Math.floor(width / LABEL_PIXELS)));
  const placeOf = (time: string) => (Date.parse(time) - startMs) / (endMs - startMs);
  const marks = trend.buckets
    .filter((_, index) => index % every === 0)
    .map(({ start_time: start }) => ({ start, place: placeOf(start) }))
    // A label begins at its time and must end within the axis.
    .filter(({ place }) => place === 0 || place * width + LABEL_PIXELS <= width);
  return (
    <Box ref={ref} pos="relative" h={20} aria-hidden>
      {marks.map(({ start, place }) => (
        <Text key={start} size="xs" c="dimmed" pos="absolute" style={{ left: `${place * 100}%`, whiteSpace: 'nowrap' }}>
          {formatTime(start, filters.zone, interval === 'hour' ? 'clock' : interval)}
        </Text>
      ))}
    </Box>
  );
}
