import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Downtime } from '../availability/report';
import type { Filters } from '../filters/filters';
import { formatTime } from '../time/time.format';
import { type StoredSchedule, useExcludeOutage, useSchedule } from './schedule.query';

interface Properties {
  outage: Downtime;
  filters: Filters;
  close: () => void;
}

/** Asks why an outage does not count, and excludes it from the opening hours. */
export function ExcludeDialog({ outage, filters, close }: Properties) {
  const { t } = useTranslation();
  const { org, channel, zone } = filters;
  const { data: stored, error } = useSchedule(org);
  const excluding = useExcludeOutage(filters);
  const [reason, setReason] = useState('');
  const [start, end] = [outage.start_time, outage.end_time].map((time) => formatTime(time, zone, 'minute'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { start_time, end_time } = outage;
    excluding.mutate({ start: start_time, end: end_time, reason: reason.trim() }, { onSuccess: close });
  };
  const problem = excluding.error ?? error;
  return (
    // Mantine's own header would be a second banner of the page.
    <Modal.Root opened onClose={close} returnFocus>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Modal.Title fw={700} mb="sm">
            {t('hours.excludeTitle')}
          </Modal.Title>
          <Stack component="form" gap="sm" onSubmit={submit}>
            <Text size="sm">{t('hours.excludeText', { start, end })}</Text>
            {stored !== undefined && <Consequence stored={stored} channel={channel} />}
            <TextInput
              label={t('hours.excludeReason')}
              placeholder={t('hours.exclusionReasonPlaceholder')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={200}
              data-autofocus
              required
            />
            {problem && (
              <Alert color="red" role="alert">
                {problem.message}
              </Alert>
            )}
            <Group justify="end" gap="xs">
              <Button variant="default" onClick={close}>
                {t('hours.cancel')}
              </Button>
              <Button
                type="submit"
                loading={excluding.isPending}
                disabled={reason.trim() === '' || stored === undefined}
              >
                {t('hours.excludeConfirm')}
              </Button>
            </Group>
          </Stack>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Says what else the exclusion is about. */
function Consequence({ stored, channel }: { stored: StoredSchedule | null; channel: string | null }) {
  const { t } = useTranslation();
  if (stored === null) return <Text size="sm">{t('hours.excludeAlways')}</Text>;
  if (channel === null || Object.hasOwn(stored.schedule.channels ?? {}, channel)) return null;
  return <Text size="sm">{t('hours.excludeWhole', { channel })}</Text>;
}
