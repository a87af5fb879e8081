import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../layout/section';
import { hoursInWords } from '../time/hours-in-words';
import { formatTime } from '../time/time.format';
import type { Schedule } from './schedule';
import { type ScheduleChange, useScheduleHistory } from './schedule.query';

interface Properties {
  org: string;
  zone: string;
  /** Puts an older version into the editor; undefined for who may not edit. */
  edit: ((schedule: Schedule) => void) | undefined;
}

/** The versions of a schedule: who saved what and when. */
export function ScheduleHistory({ org, zone, edit }: Properties) {
  const { t } = useTranslation();
  const { data: changes, error } = useScheduleHistory(org);
  return (
    <Section title={t('hours.history')}>
      {error && <Text size="sm">{error.message}</Text>}
      {changes?.length === 0 && <Text size="sm">{t('hours.historyNone')}</Text>}
      {changes && changes.length > 0 && (
        <Stack
          gap="sm"
          mah={360}
          style={{ overflowY: 'auto' }}
          tabIndex={0}
          role="list"
          aria-label={t('hours.history')}
        >
          {changes.map((change, index) => (
            <Change key={change.version} change={change} zone={zone} isCurrent={index === 0} edit={edit} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

interface ChangeProperties extends Omit<Properties, 'org'> {
  change: ScheduleChange;
  isCurrent: boolean;
}

function Change({ change, zone, isCurrent, edit }: ChangeProperties) {
  const { t } = useTranslation();
  const { version, changed_at: changedAt, changed_by: name, schedule } = change;
  return (
    <Group role="listitem" justify="space-between" gap="xs" wrap="nowrap" align="start">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
            {t('hours.historyEntry', { version, name, time: formatTime(changedAt, zone, 'minute') })}
          </Text>
          {isCurrent && (
            <Badge variant="default" size="sm">
              {t('hours.historyCurrent')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {schedule === null ? t('hours.historyDeleted') : <ScheduleInShort schedule={schedule} />}
        </Text>
      </div>
      {edit && !isCurrent && schedule !== null && (
        <Button variant="default" size="xs" flex="none" onClick={() => edit(schedule)}>
          {t('hours.historyEdit', { version })}
        </Button>
      )}
    </Group>
  );
}

function ScheduleInShort({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation();
  const { timezone, versions, exceptions = [], exclusions = [], channels = {} } = schedule;
  const ownChannels = Object.keys(channels).length;
  return [
    ...versions.map(({ valid_from: date, hours }) =>
      [...(date ? [t('hours.fromDate', { date })] : []), hoursInWords(hours)].join(' '),
    ),
    timezone,
    ...(exceptions.length > 0 ? [t('hours.historyExceptions', { count: exceptions.length })] : []),
    ...(exclusions.length > 0 ? [t('hours.historyExclusions', { count: exclusions.length })] : []),
    ...(ownChannels > 0 ? [t('hours.historyChannels', { count: ownChannels })] : []),
  ].join(' · ');
}
