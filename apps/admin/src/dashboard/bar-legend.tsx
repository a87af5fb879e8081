import { Box, Group, Text } from '@mantine/core';
import type { Bucket } from '../api/availability';
import classes from './availability-bars.module.css';
import { type BarLevel, barLevel, LEVEL_NAMES } from './bar-level';

/** What the bars mean, and how many there are of each kind. */
export function BarLegend({ buckets, target }: { buckets: Bucket[]; target: number }) {
  const levels = buckets.map((bucket) => barLevel(bucket, target));
  return (
    <Group gap="md" component="ul" className={classes.legend}>
      {(Object.keys(LEVEL_NAMES) as BarLevel[]).map((level) => (
        <Group key={level} component="li" gap={6} wrap="nowrap">
          <Box className={classes.sample}>
            <span className={classes.fill} data-level={level} />
          </Box>
          <Text size="sm" c="dimmed">
            {LEVEL_NAMES[level]}: {levels.filter((one) => one === level).length}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
