import { Group, Stack, Text } from '@mantine/core';
import { useMediaQuery, useRovingIndex } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPercentage } from '../availability/availability.format';
import { formatDuration } from '../time/duration.format';
import { formatTime } from '../time/time.format';
import type { DayStrip } from './day-strips';
import classes from './heat-map.module.css';
import { type HeatCell, heatMapOf } from './heat-map';

/** A cell and where it is: a weekday from 0, Monday, and an hour. */
interface Place extends HeatCell {
  weekday: number;
  hour: number;
}

/** Any silence is seen. Percent. */
const LEAST_REDNESS = 12;

/** How much of each hour of each weekday was silent, over the whole period. A narrow screen has the hours below each other. */
export function HeatMap({ strips }: { strips: DayStrip[] }) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [pointed, setPointed] = useState<Place>();
  const places = useMemo(() => {
    const all = heatMapOf(strips).flatMap((row, weekday) => row.map((cell, hour) => ({ ...cell, weekday, hour })));
    return isNarrow ? all.sort((one, other) => one.hour - other.hour || one.weekday - other.weekday) : all;
  }, [strips, isNarrow]);
  const perRow = isNarrow ? 7 : 24;
  const worst = places.reduce((one, other) => (shareOf(other) > shareOf(one) ? other : one));
  const describe = useDescription();
  const { getItemProps } = useRovingIndex({ total: places.length, columns: perRow, loop: false });
  return (
    <Stack gap="xs">
      <Text size="sm" className="tabular" mih={22}>
        {pointed && describe(pointed)}
        {!pointed && shareOf(worst) > 0 && `${t('history.worstHour')} ${describe(worst)}`}
      </Text>
      <div
        role="group"
        aria-label={t('history.heatMap')}
        className={classes.map}
        data-narrow={isNarrow || undefined}
        onMouseLeave={() => setPointed(undefined)}
      >
        <span />
        {Array.from({ length: perRow }, (_, index) => (
          <span key={index} className={classes.head} aria-hidden>
            {isNarrow ? weekdayName(index, 'weekday-name') : index % 3 === 0 ? clockOf(index) : ''}
          </span>
        ))}
        {places.map((place, index) => [
          index % perRow === 0 && (
            <span key={`row ${index}`} className={classes.side} aria-hidden>
              {isNarrow ? clockOf(place.hour) : weekdayName(place.weekday, 'weekday-name')}
            </span>
          ),
          <button
            key={index}
            type="button"
            className={classes.cell}
            aria-label={describe(place)}
            data-worst={(place === worst && shareOf(worst) > 0) || undefined}
            data-up={shareOf(place) === 0 || undefined}
            style={{ ['--share' as string]: `${LEAST_REDNESS + shareOf(place) * (100 - LEAST_REDNESS)}%` }}
            data-unknown={place.observedMs === 0 || undefined}
            onMouseEnter={() => setPointed(place)}
            onFocus={() => setPointed(place)}
            {...getItemProps({ index, onClick: () => setPointed(place) })}
          />,
        ])}
      </div>
      <Scale />
    </Stack>
  );
}

function Scale() {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('history.scaleNever')}
      </Text>
      <span className={classes.scale} />
      <Text size="sm" c="dimmed">
        {t('history.scaleAlways')}
      </Text>
    </Group>
  );
}

function useDescription(): (place: Place) => string {
  const { t } = useTranslation();
  return (place) => {
    const { weekday, hour, silentMs, observedMs } = place;
    const when = `${weekdayName(weekday, 'long-weekday')} ${clockOf(hour)}–${clockOf((hour + 1) % 24)}`;
    if (observedMs === 0) return `${when}: ${t('history.unknown')}`;
    const share = formatPercentage(Math.round(shareOf(place) * 100));
    return `${when}: ${t('history.shareSilent', { share, silent: formatDuration(silentMs), all: formatDuration(observedMs) })}`;
  };
}

function shareOf({ silentMs, observedMs }: HeatCell): number {
  return observedMs === 0 ? 0 : silentMs / observedMs;
}

function weekdayName(weekday: number, style: 'weekday-name' | 'long-weekday'): string {
  return formatTime(Date.UTC(2024, 0, 1 + weekday), 'UTC', style);
}

function clockOf(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
