import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayIntervals } from './day-intervals';
import { EntryList } from './entry-list';
import type { ExceptionDraft } from './schedule-draft';

interface Properties {
  exceptions: ExceptionDraft[];
  onChange: (exceptions: ExceptionDraft[]) => void;
  isReadOnly: boolean;
}

/** The hours of single dates, such as holidays. */
export function ExceptionsEditor({ exceptions, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  const nameOf = ({ name, date }: ExceptionDraft) => name || date;
  const isRepeated = (date: string) => exceptions.filter((exception) => exception.date === date).length > 1;
  return (
    <EntryList
      title={t('hours.exceptions')}
      help={t('hours.exceptionsHelp')}
      none={t('hours.noExceptions')}
      entries={exceptions}
      onChange={onChange}
      add={{ label: t('hours.addException'), entry: { date: '', name: '', day: [] } }}
      removeLabel={(exception) => t('hours.removeException', { name: nameOf(exception) })}
      isReadOnly={isReadOnly}
    >
      {(exception, change) => (
        <>
          <TextInput
            type="date"
            size="xs"
            label={t('hours.exceptionDate')}
            value={exception.date}
            error={exception.date === '' || isRepeated(exception.date)}
            onChange={(event) => change({ ...exception, date: event.currentTarget.value })}
            readOnly={isReadOnly}
          />
          <TextInput
            size="xs"
            label={t('hours.exceptionName')}
            placeholder={isReadOnly ? undefined : t('hours.exceptionNamePlaceholder')}
            value={exception.name}
            maxLength={200}
            onChange={(event) => change({ ...exception, name: event.currentTarget.value })}
            readOnly={isReadOnly}
          />
          <DayIntervals
            day={t('hours.exceptionDay', { name: nameOf(exception) })}
            intervals={exception.day}
            onChange={(day) => change({ ...exception, day })}
            isReadOnly={isReadOnly}
          />
        </>
      )}
    </EntryList>
  );
}
