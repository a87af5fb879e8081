import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Downtime } from '../availability/report';
import { formatExactDuration } from '../time/duration.format';
import type { BarScale } from './bar-scale';
import { formatLength } from './downtime.format';
import { type DayPart, isWithin, shownPartMs } from './outage-rows';
import classes from './outages.module.css';

interface Properties {
  downtime: Downtime;
  /** The day that it is listed under. */
  on?: DayPart;
  scale: BarScale;
  isNarrow: boolean;
}

/** How long an outage is, as text and as a bar: if it crosses midnight, how much of it is on the day. */
export function OutageLength({ downtime, on, scale, isNarrow }: Properties) {
  const { t } = useTranslation();
  const { duration, ongoing } = downtime;
  const isWhole = !on || isWithin({ downtime, on });
  return (
    <div className={classes.length} data-stacked={isNarrow || undefined}>
      <span className={classes.lengthText}>
        {on ? formatExactDuration(shownPartMs({ downtime, on })) : formatLength(downtime)}
        {!isWhole && (
          <Text span display="block" size="xs" c="dimmed">
            {t('downtimes.ofOutage', { duration: formatLength(downtime) })}
          </Text>
        )}
      </span>
      <span className={classes.track}>
        <span className={classes.bar} style={{ width: `${scale.shareOf(isWhole ? duration : on.silentMs) * 100}%` }} />
      </span>
      {ongoing && (
        <Text span size="xs" fw={700} c="var(--worse)">
          {t('downtimes.ongoing')}
        </Text>
      )}
    </div>
  );
}
