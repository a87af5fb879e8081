import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './hours.module.css';
import { type DayDraft, type IntervalDraft, isInterval, USUAL_INTERVAL } from './hours-draft';

interface Properties {
  /** The day in words, as labels have it. */
  day: string;
  intervals: DayDraft;
  onChange: (intervals: DayDraft) => void;
  isReadOnly: boolean;
}

/** The hours of one day: several from–to, or closed. */
export function DayIntervals({ day, intervals, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  const replace = (index: number, interval: IntervalDraft) => onChange(intervals.with(index, interval));
  return (
    <Group gap="xs" flex="1 1 250px">
      {intervals.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('hours.closed')}
        </Text>
      )}
      {intervals.map((interval, index) => (
        <Interval
          key={index}
          day={day}
          interval={interval}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => onChange(intervals.toSpliced(index, 1))}
          isReadOnly={isReadOnly}
        />
      ))}
      {!isReadOnly && (
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('hours.addInterval', { day })}
          onClick={() => onChange([...intervals, nextInterval(intervals)])}
        >
          <IconPlus size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

interface IntervalProperties {
  day: string;
  interval: IntervalDraft;
  onChange: (interval: IntervalDraft) => void;
  onRemove: () => void;
  isReadOnly: boolean;
}

function Interval({ day, interval, onChange, onRemove, isReadOnly }: IntervalProperties) {
  const { t } = useTranslation();
  const { from, to } = interval;
  const input = {
    type: 'time',
    size: 'xs',
    readOnly: isReadOnly,
    error: !isInterval(interval),
    w: 92,
    className: classes.time,
  } as const;
  return (
    <Group gap={4} wrap="nowrap">
      <TextInput
        {...input}
        aria-label={t('hours.opens', { day })}
        value={from}
        onChange={(event) => onChange({ from: event.currentTarget.value, to })}
      />
      –
      <TextInput
        {...input}
        aria-label={t('hours.closes', { day })}
        value={to}
        onChange={(event) => onChange({ from, to: event.currentTarget.value })}
      />
      {!isReadOnly && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t('hours.removeInterval', { from, to, day })}
          onClick={onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

/** There is no usual interval to suggest after the usual hours. */
function nextInterval(intervals: DayDraft): IntervalDraft {
  return intervals.length === 0 ? USUAL_INTERVAL : { from: '', to: '' };
}
