import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { View } from '../availability/view';
import { HISTORY_MODES, type HistoryMode } from '../filters/page-view';
import { isShort } from './days';
import type { HistoryModel } from './use-history';

interface Properties {
  mode: HistoryMode;
  model: HistoryModel;
  view: View;
  onChange: (mode: HistoryMode) => void;
}

/** Chooses how the history is drawn. */
export function ModeSwitch({ mode, model: { unit, columns }, view, onChange }: Properties) {
  const { t } = useTranslation();
  const ofOne = isShort(view.period) ? 'history.minutes' : 'history.day';
  const names = {
    days: t(columns.length === 1 ? ofOne : unit === 'day' ? 'history.days' : 'history.weeks'),
    hours: t('history.hours'),
    timeline: t('history.timeline'),
  };
  return (
    <SegmentedControl
      aria-label={t('history.mode')}
      size="xs"
      value={mode}
      onChange={(value) => onChange(value)}
      data={HISTORY_MODES.map((value) => ({ value, label: names[value] }))}
    />
  );
}
