import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { datesOf, todayIn } from '../time/period';
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
          <TextInput
            type="date"
            label={t('bar.from')}
            value={from}
            min="1970-01-02"
            max={todayIn(zone)}
            onChange={(event) => setDates({ from: event.currentTarget.value, to })}
          />
          <TextInput
            type="date"
            label={t('bar.to')}
            value={to}
            min="1970-01-02"
            max={todayIn(zone)}
            onChange={(event) => setDates({ from, to: event.currentTarget.value })}
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
