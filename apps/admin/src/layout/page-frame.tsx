import { Button, Container, Group, Stack, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Logo } from './logo';

interface Properties {
  title: string;
  /** Leads back to where the reader came from. */
  back: { label: string; go: () => void };
  children: ReactNode;
}

/** A page beside the dashboard: logo, a way back, a title and what it is about. */
export function PageFrame({ title, back, children }: Properties) {
  return (
    <Container size="xl" py="md">
      <title>{`${title} – Chat Reports`}</title>
      <Stack gap="md">
        <Group component="header" justify="space-between" gap="sm">
          <Logo />
          <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={back.go}>
            {back.label}
          </Button>
        </Group>
        <Stack component="main" gap="md">
          <Title order={1} size="h3">
            {title}
          </Title>
          {children}
        </Stack>
      </Stack>
    </Container>
  );
}
