import { Chip, Group, Paper, Select, Stack, Switch } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { datesOf, type Preset, PRESETS, resolvePeriod } from './period';
import { BROWSER_ZONE, type Filters, type SetFilters } from './filters';
import { TargetInput } from './target-input';

const CustomRange = lazy(() => import('./custom-range').then(({ CustomRange: component }) => ({ default: component })));

const PRESET_NAMES: Record<Preset, string> = {
  today: 'Today',
  '7-days': '7 days',
  '30-days': '30 days',
  '90-days': '90 days',
  'this-month': 'This month',
  'last-month': 'Last month',
  custom: 'Custom',
};

interface Properties {
  filters: Filters;
  setFilters: SetFilters;
  /** Names of the channels that there are. */
  channels: string[];
}

/** Everything that decides what is shown. */
export function FilterBar({ filters, setFilters, channels }: Properties) {
  const choosePreset = (period: Preset) => {
    const shown = resolvePeriod(filters, Date.now());
    const dates = period === 'custom' && shown ? datesOf(shown.period, filters.zone) : { from: null, to: null };
    setFilters({ period, ...dates });
  };
  return (
    <Paper component="section" aria-label="Filters" withBorder p="md">
      <Stack gap="md">
        <Chip.Group value={filters.period} onChange={(period) => choosePreset(period)}>
          <Group gap="xs" role="radiogroup" aria-label="Period">
            {PRESETS.map((preset) => (
              <Chip key={preset} value={preset} variant="outline">
                {PRESET_NAMES[preset]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <Group align="end" gap="md">
          {filters.period === 'custom' && (
            <Suspense>
              <CustomRange filters={filters} setFilters={setFilters} />
            </Suspense>
          )}
          <ChannelSelect filters={filters} setFilters={setFilters} channels={channels} />
          <ZoneSelect filters={filters} setFilters={setFilters} />
          <TargetInput filters={filters} setFilters={setFilters} />
          <Switch
            label="Count silence at the edges"
            mb={8}
            checked={filters.edges === 'count'}
            onChange={(event) => setFilters({ edges: event.currentTarget.checked ? 'count' : 'ignore' })}
          />
        </Group>
      </Stack>
    </Paper>
  );
}

/** A channel's name may be any text, even none, so that its option needs a value of its own. */
const ALL = 'all';
const valueOf = (channel: string | null) => (channel === null ? ALL : `channel ${channel}`);

function ChannelSelect({ filters: { channel }, setFilters, channels }: Properties) {
  const names = channel === null || channels.includes(channel) ? channels : [channel, ...channels];
  const options = names.map((name) => ({ value: valueOf(name), label: name || '(no name)' }));
  return (
    <Select
      label="Channel"
      data={[{ value: ALL, label: 'All channels' }, ...options]}
      value={valueOf(channel)}
      onChange={(value) => setFilters({ channel: value === ALL ? null : value!.slice('channel '.length) })}
      allowDeselect={false}
      searchable
      flex={{ base: '1 1 130px', sm: '0 0 180px' }}
    />
  );
}

function ZoneSelect({ filters: { zone }, setFilters }: Pick<Properties, 'filters' | 'setFilters'>) {
  const zones = [...new Set([zone, BROWSER_ZONE, 'UTC'])];
  return (
    <Select
      label="Time zone"
      data={zones.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
      value={zone}
      onChange={(name) => setFilters({ zone: name! })}
      allowDeselect={false}
      flex={{ base: '1 1 150px', sm: '0 0 190px' }}
    />
  );
}
