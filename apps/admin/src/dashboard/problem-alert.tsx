import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.error';
import { formatDurationInWords } from '../time/duration.format';

interface Properties {
  error: unknown;
  isRetrying: boolean;
  retry: () => void;
  /** The time of the data that is still shown, if any. */
  shownAsOf?: string;
}

/** Explains why the page could not load its data, and offers to try again, unless the request is wrong. */
export function ProblemAlert({ error, isRetrying, retry, shownAsOf }: Properties) {
  const { t } = useTranslation();
  const { kind, message, retryAfterSeconds, status } = Problem.from(error);
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={message}>
      <Group justify="space-between">
        <Text size="sm">
          {shownAsOf && `${t('dashboard.shownAsOf', { time: shownAsOf })} `}
          {retryAfterSeconds &&
            t('dashboard.retryAfter', { duration: formatDurationInWords(retryAfterSeconds * 1_000) })}
          {!retryAfterSeconds && kind !== 'refused' && t('dashboard.retriesItself')}
        </Text>
        {status !== 400 && (
          <Button variant="default" size="xs" loading={isRetrying} onClick={retry}>
            {t('dashboard.retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
