import { Group, Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, type Ref, useId } from 'react';

interface Properties {
  title: string;
  /** Shown beside the title. */
  aside?: ReactNode;
  titleRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** A titled panel. The title also names it for screen readers. */
export function Section({ title, aside, titleRef, children }: Properties) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} withBorder p="md" h="100%">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id={id} ref={titleRef} tabIndex={-1}>
            {title}
          </Title>
          {aside}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
