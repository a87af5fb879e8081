import { Progress, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  formatAvailability,
  formatDifference,
  formatPercentage,
  thousandthsOf,
} from '../availability/availability.format';
import { observedFrom, observedShare, observedUntil } from '../availability/report';
import { budgetOf } from '../availability/target';
import type { View } from '../availability/view';
import { formatDurationOrNone } from '../time/duration.format';
import { formatTime } from '../time/time.format';
import { Comparison } from './comparison';
import { Figure, FigureCard } from './figure-card';
import { OutageFigures } from './outage-figures';
import { type Comparability, useComparability } from './use-comparability';

interface Properties {
  view: View;
  /** Percent. */
  target: number;
}

/** The three figures of the period, as terms and values: availability, error budget and outages. */
export function Figures({ view, target }: Properties) {
  const { t } = useTranslation();
  const comparability = useComparability(view);
  return (
    <section aria-label={t('dashboard.figures')}>
      <SimpleGrid component="dl" m={0} cols={{ base: 1, sm: 3 }} spacing="md" className="figures">
        <Availability view={view} target={target} comparability={comparability} />
        <ErrorBudget view={view} target={target} />
        <OutageFigures view={view} comparability={comparability} />
      </SimpleGrid>
    </section>
  );
}

function Availability({ view, target, comparability }: Properties & { comparability: Comparability }) {
  const { t } = useTranslation();
  const { report, reportBefore, period, filters } = view;
  const [share, shareBefore] = [report, reportBefore].map(observedShare);
  const [firstMessageAt, lastMessageAt] = [observedFrom(report, period), observedUntil(report, period, filters.edges)];
  return (
    <FigureCard title={t('dashboard.availability')}>
      <Figure name="Availability" text={share ? formatAvailability(share) : '–'} />
      <Text size="sm">{t('dashboard.target', { target: formatPercentage(target) })}</Text>
      <Comparison
        of={[share, shareBefore].map((one) => one && thousandthsOf(one))}
        texts={[share, shareBefore].map((one) => one && formatAvailability(one))}
        difference={(value, valueBefore) => t('dashboard.points', { points: formatDifference(value - valueBefore) })}
        isMoreBetter
        {...comparability}
      />
      <Text size="sm" c="dimmed">
        {firstMessageAt &&
          `${t('dashboard.knownSince', { time: formatTime(firstMessageAt, filters.zone, 'minute') })} `}
        {lastMessageAt && t('dashboard.knownUntil', { time: formatTime(lastMessageAt, filters.zone, 'minute') })}
      </Text>
    </FigureCard>
  );
}

function ErrorBudget({ view, target }: Properties) {
  const { t } = useTranslation();
  const { budgetMs, leftMs } = budgetOf(view, target);
  return (
    <FigureCard title={t('dashboard.errorBudget')}>
      <Figure
        name="Downtime budget left"
        text={t(leftMs < 0 ? 'dashboard.budgetOver' : 'dashboard.budgetLeft', {
          duration: formatDurationOrNone(Math.abs(leftMs)),
        })}
      />
      <Progress
        // A whole number, which is how a screen reader reads it out.
        value={usedPercentage(budgetMs, view.report.total_down_time)}
        color={leftMs < 0 ? 'var(--far)' : 'var(--met)'}
        size="sm"
        my={6}
        aria-label={t('dashboard.budgetUsed')}
      />
      <Text size="sm">
        {t('dashboard.downtime')}{' '}
        <span data-figure="Total downtime">{formatDurationOrNone(view.report.total_down_time)}</span>
        {t(view.month ? 'dashboard.allowedInMonth' : 'dashboard.allowed', { budget: formatDurationOrNone(budgetMs) })}
      </Text>
    </FigureCard>
  );
}

/** How much of an error budget is used, up to all of it. No downtime uses nothing, even of a budget of zero. */
function usedPercentage(budgetMs: number, downtimeMs: number): number {
  if (downtimeMs === 0) return 0;
  return budgetMs === 0 ? 100 : Math.round(Math.min(1, downtimeMs / budgetMs) * 100);
}
