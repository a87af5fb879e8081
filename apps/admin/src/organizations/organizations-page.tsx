import { Paper, Progress, Stack, Table, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatPercentage } from '../availability/availability.format';
import { useFilters } from '../filters/filters';
import { usePageView } from '../filters/page-view';
import { PageFrame } from '../layout/page-frame';
import type { Session } from '../session/session';
import { SparkLegend } from '../spark/spark-legend';
import { formatPeriod } from '../time/time.format';
import { OrganizationRow } from './organization-row';
import { type OrganizationSummary, useOrganizations } from './organizations.query';
import classes from './organizations.module.css';

/** All organizations of a token, worst first. A click shows the report on one. */
export function OrganizationsPage({ session: { organizationIds } }: { session: Session }) {
  const { t } = useTranslation();
  const [filters, setFilters] = useFilters();
  const [, setView] = usePageView();
  const queries = useOrganizations(organizationIds, filters);
  const rows = organizationIds
    .map((org, index) => ({ org, query: queries[index]! }))
    .sort((one, other) => badness(other.query) - badness(one.query));
  const period = queries.find(({ data }) => data)?.data?.period;
  const open = (org: string) => {
    setFilters({ org, channel: null });
    setView(null);
  };
  return (
    <PageFrame title={t('organizations.title')} back={{ label: t('organizations.back'), go: () => setView(null) }}>
      {period && (
        <Text size="sm" c="dimmed">
          {t('organizations.period', { period: formatPeriod(period, filters) })}
        </Text>
      )}
      <LoadingProgress queries={queries} />
      <Paper withBorder p="md">
        <Stack gap="md">
          <SparkLegend />
          <Table layout="fixed" verticalSpacing={6} horizontalSpacing={6} aria-label={t('organizations.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th className={classes.name}>{t('organizations.name')}</Table.Th>
                <Table.Th className={classes.state} visibleFrom="sm">
                  {t('organizations.state')}
                </Table.Th>
                <Table.Th className={classes.number}>{t('organizations.availability')}</Table.Th>
                <Table.Th className={classes.number} visibleFrom="sm">
                  {t('organizations.target', { target: formatPercentage(filters.target) })}
                </Table.Th>
                <Table.Th className={classes.number} visibleFrom="sm">
                  {t('organizations.downtime')}
                </Table.Th>
                <Table.Th className={classes.history}>{t('organizations.history')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ org, query }) => (
                <OrganizationRow key={org} org={org} query={query} filters={filters} open={() => open(org)} />
              ))}
            </Table.Tbody>
          </Table>
          <Text size="xs" c="dimmed">
            {t('channels.barNote')}
          </Text>
        </Stack>
      </Paper>
    </PageFrame>
  );
}

function LoadingProgress({ queries }: { queries: UseQueryResult<unknown>[] }) {
  const { t } = useTranslation();
  const count = queries.length;
  const done = queries.filter(({ isPending }) => !isPending).length;
  if (done === count) return null;
  const text = t('organizations.progress', { done, count });
  return (
    <div>
      <Text size="sm" role="status">
        {text}
      </Text>
      <Progress value={(done / count) * 100} size="sm" aria-label={text} />
    </div>
  );
}

/** Orders organizations: by the share of observed time that was silent; those that failed first, without data last. */
function badness({ data, isError }: UseQueryResult<OrganizationSummary | null>): number {
  if (data === undefined) return isError ? 2 : -2;
  if (data === null || data.trend.observed_time === 0) return -1;
  return data.trend.total_down_time / data.trend.observed_time;
}
