import { Alert, Button, Group, Paper, Text } from '@mantine/core';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../time/time.format';
import type { Conflict, ScheduleEditor } from './schedule-editor';

/** Saves the hours, and says why they cannot be saved or who else has changed them. */
export function SaveBar({ editor, zone }: { editor: ScheduleEditor; zone: string }) {
  const { t } = useTranslation();
  const { isChanged, problems, conflict, saving, save, discard } = editor;
  return (
    <>
      {conflict && <ConflictAlert conflict={conflict} isDeleted={!editor.isStored} zone={zone} />}
      {saving.isError && (
        <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={t('hours.notSaved')}>
          {saving.error.message}
        </Alert>
      )}
      {isChanged && (
        <Paper withBorder p="sm" pos="sticky" bottom={8} shadow="md" style={{ zIndex: 2 }}>
          <Group justify="space-between" gap="sm">
            <Text size="sm" role="status">
              {problems.length === 0
                ? t('hours.unsaved')
                : problems.map((problem) => t(`hours.problem.${problem}`)).join(' ')}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={discard} disabled={saving.isPending}>
                {t('hours.discard')}
              </Button>
              <Button onClick={save} loading={saving.isPending} disabled={problems.length > 0}>
                {t('hours.save')}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
      {!isChanged && saving.isSuccess && (
        <Text size="sm" role="status">
          {t('hours.saved')}
        </Text>
      )}
    </>
  );
}

function ConflictAlert({ conflict, isDeleted, zone }: { conflict: Conflict; isDeleted: boolean; zone: string }) {
  const { t } = useTranslation();
  const { latest, parts } = conflict;
  const named = { name: latest?.changed_by ?? '', time: latest ? formatTime(latest.changed_at, zone, 'minute') : '' };
  const both = parts.map((part) => t(`hours.part.${part}`)).join(', ');
  return (
    <Alert color="orange" icon={<IconUsers />} role="alert" title={t('hours.conflictTitle')}>
      {isDeleted ? t('hours.conflictDeleted') : t('hours.conflict', named)}
      {parts.length > 0 && ` ${t('hours.conflictBoth', { parts: both })}`}
    </Alert>
  );
}
