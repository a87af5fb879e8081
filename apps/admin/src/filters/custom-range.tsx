import '@mantine/dates/styles.css';
import { DatePickerInput } from '@mantine/dates';
import { useId, useState } from 'react';
import type { Filters, SetFilters } from './filters';
import { datesOf, resolvePeriod, todayIn } from './period';

/** The first and last day of a custom period. */
export function CustomRange({ filters, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  const id = useId();
  /** Only the first day, while the last one is being chosen. */
  const [begun, setBegun] = useState<string | null>(null);
  const whole = resolvePeriod(filters, Infinity);
  const { from, to } = whole ? datesOf(whole.period, filters.zone) : { from: null, to: null };
  const choose = ([first, last]: [string | null, string | null]) => {
    const isWhole = first !== null && last !== null;
    setBegun(isWhole ? null : first);
    if (isWhole) setFilters({ from: first, to: last });
  };
  return (
    <DatePickerInput
      id={id}
      // Without the same id the calendar would be labelled by nothing.
      popoverProps={{ id, returnFocus: true }}
      type="range"
      label="From and to"
      valueFormat="D MMM YYYY"
      value={begun === null ? [from, to] : [begun, null]}
      onChange={choose}
      maxDate={todayIn(filters.zone)}
      allowSingleDateInRange
      hideOutsideDates
      weekendDays={[]}
      ariaLabels={{
        previousMonth: 'Previous month',
        nextMonth: 'Next month',
        previousYear: 'Previous year',
        nextYear: 'Next year',
        previousDecade: 'Previous decade',
        nextDecade: 'Next decade',
      }}
      miw={230}
    />
  );
}
