import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FilterProperties, Filters } from '../filters/filters';
import { resolvePeriod } from '../time/period-filter';
import { shiftPeriod } from '../time/shift-period';
import { formatPeriod, formatTime } from '../time/time.format';
import { useNow } from '../time/use-now';
import classes from './bar.module.css';
import { PanelButton } from './panel-button';
import { PeriodPanel } from './period-panel';

/** How often the clock is read: a day may end while the page is open. */
const CLOCK_MS = 60_000;

/** Names the period, leads to the ones next to it, and opens the choice of any other. */
export function PeriodPicker({ filters, setFilters }: FilterProperties) {
  const { t } = useTranslation();
  const nowMs = useNow(CLOCK_MS);
  const name = usePeriodLabel(filters, nowMs);
  const step = (by: -1 | 1) => {
    const next = shiftPeriod(filters, by, nowMs);
    const Icon = by < 0 ? IconChevronLeft : IconChevronRight;
    return (
      <Button
        variant="default"
        className={classes.step}
        w={34}
        aria-label={t(by < 0 ? 'bar.earlier' : 'bar.later')}
        disabled={next === undefined}
        onClick={() => next && setFilters(next)}
      >
        <Icon size={18} />
      </Button>
    );
  };
  return (
    <div role="group" aria-label={t('bar.period')} className={classes.period}>
      {step(-1)}
      <PanelButton
        label={t('bar.period')}
        button={(toggle) => (
          <Button
            variant="default"
            onClick={toggle}
            rightSection={<IconChevronDown size={14} />}
            className={classes.name}
            aria-label={t('bar.choosePeriod', { name })}
          >
            {name}
          </Button>
        )}
      >
        {(close) => <PeriodPanel filters={filters} setFilters={setFilters} nowMs={nowMs} close={close} />}
      </PanelButton>
      {step(1)}
    </div>
  );
}

function usePeriodLabel(filters: Filters, nowMs: number): string {
  const { t } = useTranslation();
  const resolved = resolvePeriod(filters, nowMs);
  if (filters.period.endsWith('-days')) return t('bar.lastDays', { count: Number.parseInt(filters.period) });
  if (filters.period === 'today') return t('bar.today');
  if (resolved === undefined) return t('bar.choose');
  if (resolved.month) return formatTime(resolved.month.startMs, filters.zone, 'month');
  return formatPeriod(resolved.period, filters);
}
