import { Box, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { View } from '../api/availability';
import { formatTime } from '../format/time.format';

/** Pixels that a label and the space around it take. */
const LABEL_PIXELS = 80;

/** Where the bars and the timeline are in time. */
export function TimeAxis({ view: { period, trend, interval }, zone }: { view: View; zone: string }) {
  const { ref, width } = useElementSize();
  const { startMs, endMs } = period;
  const every = Math.ceil(trend.buckets.length / Math.max(1, Math.floor(width / LABEL_PIXELS)));
  const marks = trend.buckets.filter((_, index) => index % every === 0);
  return (
    <Box ref={ref} pos="relative" h={20} aria-hidden>
      {marks.map(({ start_time: start }) => (
        <Text
          key={start}
          size="xs"
          c="dimmed"
          pos="absolute"
          style={{ left: `${((Date.parse(start) - startMs) / (endMs - startMs)) * 100}%`, whiteSpace: 'nowrap' }}
        >
          {formatTime(start, zone, interval)}
        </Text>
      ))}
    </Box>
  );
}
