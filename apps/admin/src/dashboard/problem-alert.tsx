import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Problem } from '../api/problem.error';

interface Properties {
  error: unknown;
  isRetrying: boolean;
  retry: () => void;
  /** When what is still shown was known, if anything is. */
  shownSince?: string;
}

/** Says why there is no answer, and what to do. */
export function ProblemAlert({ error, isRetrying, retry, shownSince }: Properties) {
  const { kind, message, retryAfterSeconds } = Problem.from(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={message}>
      <Group justify="space-between">
        <Text size="sm">
          {shownSince && `Below is what was known on ${shownSince}. `}
          {retryAfterSeconds && `Try again in ${retryAfterSeconds} seconds.`}
          {!retryAfterSeconds && kind !== 'refused' && 'It is tried again each minute.'}
        </Text>
        <Button variant="default" size="xs" loading={isRetrying} onClick={retry}>
          Try again
        </Button>
      </Group>
    </Alert>
  );
}
