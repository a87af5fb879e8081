import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './outages.module.css';

interface Properties {
  isNarrow: boolean;
  /** Whether times have their day. */
  hasDays: boolean;
  /** Whether there is a column for the last message before each outage. */
  hasLast?: boolean;
}

/** The names of the columns that an `OutageRow` has. */
export function OutageHead({ isNarrow, hasDays, hasLast = false }: Properties) {
  const { t } = useTranslation();
  const [start, end, conversation] = [t('downtimes.start'), t('downtimes.end'), t('downtimes.conversation')];
  return (
    <Table.Thead>
      <Table.Tr>
        {!isNarrow && hasLast && <Table.Th className={classes.clock}>{t('history.lastBefore')}</Table.Th>}
        {!isNarrow && <Table.Th className={hasDays ? classes.time : classes.clock}>{start}</Table.Th>}
        {!isNarrow && <Table.Th className={classes.time}>{end}</Table.Th>}
        {isNarrow && <Table.Th>{`${start} – ${end}, ${conversation}`}</Table.Th>}
        <Table.Th className={isNarrow ? classes.stackedLength : undefined}>
          <div className={classes.length} data-stacked={isNarrow || undefined}>
            <span className={classes.lengthText}>{t('downtimes.duration')}</span>
          </div>
        </Table.Th>
        {!isNarrow && <Table.Th className={classes.conversation}>{conversation}</Table.Th>}
      </Table.Tr>
    </Table.Thead>
  );
}
