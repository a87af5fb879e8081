import { Box, Button, ColorSwatch, Group, Skeleton, Table, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatAvailability } from '../availability/availability.format';
import { isDormant } from '../availability/current';
import { levelOf } from '../availability/target';
import type { Filters } from '../filters/filters';
import { NameButton } from '../layout/name-button';
import { Spark } from '../spark/spark';
import { formatDuration, formatDurationOrNone } from '../time/duration.format';
import { formatTime } from '../time/time.format';
import type { OrganizationSummary } from './organizations.query';
import classes from './organizations.module.css';

interface Properties {
  org: string;
  query: UseQueryResult<OrganizationSummary | null>;
  filters: Filters;
  open: () => void;
}

interface SummaryProperties {
  summary: OrganizationSummary;
  asOfMs: number;
  filters: Filters;
}

/** One organization: its state, its availability over observed time, and its history. A phone has fewer cells with more in each. */
export function OrganizationRow({ org, query, filters, open }: Properties) {
  const { t } = useTranslation();
  const { data, dataUpdatedAt: asOfMs } = query;
  return (
    <Table.Tr data-organization={org} aria-busy={query.isFetching}>
      <Table.Td className={classes.name}>
        <NameButton isWhole name={org} label={t('organizations.open', { org })} onClick={open} />
        <Box hiddenFrom="sm">{data && <State summary={data} asOfMs={asOfMs} filters={filters} />}</Box>
      </Table.Td>
      {data ? <Cells summary={data} asOfMs={asOfMs} filters={filters} /> : <NoCells query={query} />}
    </Table.Tr>
  );
}

function NoCells({ query: { error, refetch, data } }: Pick<Properties, 'query'>) {
  const { t } = useTranslation();
  return (
    <Table.Td colSpan={5}>
      {error && (
        <Text size="sm" component="span">
          {t('organizations.failed', { message: error.message })}{' '}
          <Button variant="default" size="compact-xs" onClick={() => void refetch()}>
            {t('organizations.retry')}
          </Button>
        </Text>
      )}
      {!error && (data === null ? t('organizations.noPeriod') : <Skeleton h={20} />)}
    </Table.Td>
  );
}

function Cells({ summary, asOfMs, filters }: SummaryProperties) {
  const { t } = useTranslation();
  const { buckets, observed_time: total_time, total_down_time } = summary.trend;
  const share = total_time > 0 ? { total_time, total_down_time } : undefined;
  const isMet = share && levelOf(share, filters.target) === 'met';
  const outcome = share && t(isMet ? 'organizations.met' : 'organizations.missed');
  const color = isMet ? 'var(--better)' : 'var(--worse)';
  const downtime = share && formatDurationOrNone(total_down_time);
  return (
    <>
      <Table.Td visibleFrom="sm">
        <State summary={summary} asOfMs={asOfMs} filters={filters} />
      </Table.Td>
      <Table.Td className={classes.number}>
        {share ? formatAvailability(share) : t('organizations.nothingKnown')}
        {share && (
          <Box hiddenFrom="sm" fz="xs">
            <div>{`${t('organizations.downtime')} ${downtime}`}</div>
            <Text inherit c={color}>
              {t('organizations.targetIs', { outcome })}
            </Text>
          </Box>
        )}
      </Table.Td>
      <Table.Td className={classes.number} visibleFrom="sm" c={color}>
        {outcome}
      </Table.Td>
      <Table.Td className={classes.number} visibleFrom="sm">
        {downtime}
      </Table.Td>
      <Table.Td className={classes.history}>
        <div className={classes.spark}>
          <Spark buckets={buckets} target={filters.target} />
        </div>
      </Table.Td>
    </>
  );
}

function State({ summary: { current }, asOfMs, filters: { zone } }: SummaryProperties) {
  const { t } = useTranslation();
  switch (current.state) {
    case 'up':
      return <StateText color="var(--met)">{t('organizations.up')}</StateText>;
    case 'down': {
      const lastMessageAt = current.last_message_at!;
      if (isDormant(current, asOfMs)) {
        const date = formatTime(lastMessageAt, zone, 'date');
        return <StateText color="var(--no-data)">{t('organizations.downSince', { date })}</StateText>;
      }
      const duration = formatDuration(Math.max(0, asOfMs - Date.parse(lastMessageAt)));
      return <StateText color="var(--far)">{t('organizations.down', { duration })}</StateText>;
    }
    case 'closed':
      return <StateText color="var(--no-data)">{t('organizations.closed')}</StateText>;
    case 'no_data':
      return <StateText color="var(--no-data)">{t('organizations.noData')}</StateText>;
  }
}

function StateText({ color, children }: { color: string; children: string }) {
  return (
    <Group gap={6} wrap="nowrap">
      <ColorSwatch color={color} size={10} withShadow={false} aria-hidden />
      <Text size="sm">{children}</Text>
    </Group>
  );
}
