import { Button, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { usePageView } from '../filters/page-view';
import { TargetInput } from './target-input';

/** The target and the rules of what counts, each explained in a sentence. */
export function RulesPanel(properties: FilterProperties) {
  const { t } = useTranslation();
  const { filters, setFilters } = properties;
  const [, setView] = usePageView();
  return (
    <Stack gap="lg">
      <TargetInput {...properties} />
      <Stack gap="xs">
        <Switch
          label={t('bar.hours')}
          description={t('bar.hoursHint')}
          checked={filters.hours === 'scheduled'}
          onChange={(event) => setFilters({ hours: event.currentTarget.checked ? 'scheduled' : 'all' })}
        />
        <Button variant="default" size="xs" onClick={() => setView('hours')}>
          {t('hours.title')}
        </Button>
      </Stack>
      <Switch
        label={t('bar.edges')}
        description={t('bar.edgesHint')}
        checked={filters.edges === 'count'}
        onChange={(event) => setFilters({ edges: event.currentTarget.checked ? 'count' : 'ignore' })}
      />
    </Stack>
  );
}
