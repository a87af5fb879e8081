import { Stack, Text } from '@mantine/core';
import type { Filters } from '../filters/filters';
import { formatTime } from '../time/time.format';
import { useNow } from '../time/use-now';
import classes from './wall.module.css';

const TICK_MS = 1000;

/** What clocks show now in a time zone, and whose chat the wall is about. */
export function Clock({ org, zone }: Pick<Filters, 'org' | 'zone'>) {
  const nowMs = useNow(TICK_MS);
  return (
    <Stack gap={0} className={classes.clock}>
      <Text component="time" fz="4rem" fw={700} lh={1.1} className="tabular">
        {formatTime(nowMs, zone, 'clock')}
      </Text>
      <Text fw={700} truncate>
        {org}
      </Text>
      <Text c="dimmed">{`${formatTime(nowMs, zone, 'date')}, ${zone}`}</Text>
    </Stack>
  );
}
