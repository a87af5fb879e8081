import { Button, Group, SimpleGrid, Stack, TextInput, type TextInputProps } from '@mantine/core';
import { type ClipboardEvent, type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { datesOf, todayIn } from '../time/period';
import { isDate } from '../time/period-end';
import { explainNoPeriod, type Preset, PRESETS, resolvePeriod } from '../time/period-filter';

type NamedPeriod = Exclude<Preset, 'custom'>;

const NAMES = {
  today: 'bar.today',
  '7-days': 'bar.7-days',
  '30-days': 'bar.30-days',
  '90-days': 'bar.90-days',
  'this-month': 'bar.this-month',
  'last-month': 'bar.last-month',
} as const satisfies Record<NamedPeriod, string>;

interface Properties extends FilterProperties {
  nowMs: number;
  close: () => void;
}

/** The choice of a period: by name, or by dates that are typed or taken from the browser's calendar. */
export function PeriodPanel(properties: Properties) {
  const { filters, setFilters, close } = properties;
  const { t } = useTranslation();
  const choose = (period: NamedPeriod) => {
    setFilters({ period, from: null, to: null });
    close();
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={2} spacing={6} verticalSpacing={6}>
        {PRESETS.filter((preset) => preset !== 'custom').map((preset) => (
          <Button
            key={preset}
            variant={preset === filters.period ? 'light' : 'default'}
            aria-pressed={preset === filters.period}
            onClick={() => choose(preset)}
          >
            {t(NAMES[preset])}
          </Button>
        ))}
      </SimpleGrid>
      <DatesForm {...properties} />
    </Stack>
  );
}

function DatesForm({ filters, setFilters, nowMs, close }: Properties) {
  const { t } = useTranslation();
  const { zone } = filters;
  const shown = resolvePeriod(filters, nowMs);
  const [{ from, to }, setDates] = useState(shown ? datesOf(shown.period, zone) : { from: '', to: '' });
  const chosen = { period: 'custom' as const, from, to };
  const problem = resolvePeriod({ ...chosen, zone }, nowMs) ? undefined : explainNoPeriod({ ...chosen, zone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem !== undefined) return;
    setFilters(chosen);
    close();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <Group grow wrap="nowrap" gap={6} align="start">
          <DateInput label={t('bar.from')} date={from} setDate={(date) => setDates({ from: date, to })} zone={zone} />
          <DateInput
            label={t('bar.to')}
            date={to}
            setDate={(date) => setDates({ from, to: date })}
            zone={zone}
            error={problem && t(`dashboard.${problem}`)}
          />
        </Group>
        <Button type="submit" disabled={problem !== undefined}>
          {t('bar.show')}
        </Button>
      </Stack>
    </form>
  );
}

interface DateInputProperties extends Pick<TextInputProps, 'label' | 'error'> {
  /** `2026-11-22`; empty until it is complete. */
  date: string;
  setDate: (date: string) => void;
  zone: string;
}

/** The browser's own field for a date, in which dates can be pasted, too. */
function DateInput({ date, setDate, zone, ...properties }: DateInputProperties) {
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim();
    if (isDate(text)) setDate(text);
  };
  return (
    <TextInput
      type="date"
      value={date}
      min="1970-01-02"
      max={todayIn(zone)}
      onChange={(event) => setDate(event.currentTarget.value)}
      onPaste={paste}
      {...properties}
    />
  );
}
