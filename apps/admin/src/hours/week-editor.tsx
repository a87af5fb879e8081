import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DayIntervals } from './day-intervals';
import type { DayDraft } from './hours-draft';
import { WEEKDAYS } from './weekday';

interface Properties {
  week: DayDraft[];
  onChange: (week: DayDraft[]) => void;
  isReadOnly: boolean;
}

/** The hours of a week, with a row for each day. */
export function WeekEditor({ week, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      {WEEKDAYS.map((day, index) => (
        <Group key={day} role="group" aria-label={day} gap="xs" align="center">
          <Text size="sm" fw={500} w="7.5rem" aria-hidden>
            {day}
          </Text>
          <DayIntervals
            day={day}
            intervals={week[index]!}
            onChange={(intervals) => onChange(week.with(index, intervals))}
            isReadOnly={isReadOnly}
          />
        </Group>
      ))}
      {!isReadOnly && (
        <>
          <Text size="xs" c="dimmed">
            {t('hours.midnight')}
          </Text>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconCopy size={14} />}
            onClick={() => onChange(week.map((day, index) => (index < 5 ? week[0]! : day)))}
            style={{ alignSelf: 'start' }}
          >
            {t('hours.copyToWeekdays')}
          </Button>
        </>
      )}
    </Stack>
  );
}
