import { Group, Text } from '@mantine/core';
import classes from './legend.module.css';

/** What a color or pattern stands for. */
export interface Sample {
  name: string;
  /** A CSS background. */
  background: string;
}

/** Explains what a drawing is made of. */
export function Legend({ samples }: { samples: Sample[] }) {
  return (
    <Group gap="md" style={{ rowGap: 4 }} component="ul" className={classes.legend}>
      {samples.map(({ name, background }) => (
        <Group key={name} component="li" gap={6} wrap="nowrap">
          <span className={classes.sample} style={{ background }} />
          <Text size="sm" c="dimmed">
            {name}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
