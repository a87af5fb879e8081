import { useMemo } from 'react';
import type { View } from '../availability/view';
import { localDays } from '../time/local-days';
import { type Column, columnsOf, type Unit, unitFor } from './columns';
import { type DayStrip, stripsOf } from './day-strips';

/** What every drawing of the history is made of. */
export interface HistoryModel {
  strips: DayStrip[];
  unit: Unit;
  columns: Column[];
}

/** Derives the history from a view. */
export function useHistory(view: View): HistoryModel {
  return useMemo(() => {
    const { period, filters, report } = view;
    const days = localDays(period, filters.zone);
    const strips = stripsOf({ report, period, edges: filters.edges }, days);
    const unit = unitFor(days.length);
    return { strips, unit, columns: columnsOf(strips, unit, period) };
  }, [view]);
}
