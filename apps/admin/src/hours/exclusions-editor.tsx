import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fromLocalInput, toLocalInput } from '../time/local-time';
import { EntryList } from './entry-list';
import { isExclusion, type TimetableDraft } from './schedule-draft';

type Exclusion = TimetableDraft['exclusions'][number];

interface Properties {
  exclusions: Exclusion[];
  /** The time zone of the inputs. */
  zone: string;
  onChange: (exclusions: Exclusion[]) => void;
  isReadOnly: boolean;
}

/** Time that does not count, from one instant to another, with a reason. */
export function ExclusionsEditor({ exclusions, zone, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  const nameOf = ({ reason, start }: Exclusion) => reason || toLocalInput(start, zone);
  return (
    <EntryList
      title={t('hours.exclusions')}
      help={t('hours.exclusionsHelp')}
      none={t('hours.noExclusions')}
      entries={exclusions}
      onChange={onChange}
      add={{ label: t('hours.addExclusion'), entry: { start: '', end: '', reason: '' } }}
      removeLabel={(exclusion) => t('hours.removeExclusion', { name: nameOf(exclusion) })}
      isReadOnly={isReadOnly}
    >
      {(exclusion, change) => {
        const isComplete = isExclusion({ ...exclusion, reason: 'any' });
        const time = { type: 'datetime-local', step: 1, size: 'xs', error: !isComplete, readOnly: isReadOnly } as const;
        return (
          <>
            <TextInput
              {...time}
              label={t('hours.exclusionStart')}
              value={toLocalInput(exclusion.start, zone)}
              onChange={(event) => change({ ...exclusion, start: fromLocalInput(event.currentTarget.value, zone) })}
            />
            <TextInput
              {...time}
              label={t('hours.exclusionEnd')}
              value={toLocalInput(exclusion.end, zone)}
              onChange={(event) => change({ ...exclusion, end: fromLocalInput(event.currentTarget.value, zone) })}
            />
            <TextInput
              size="xs"
              label={t('hours.exclusionReason')}
              placeholder={isReadOnly ? undefined : t('hours.exclusionReasonPlaceholder')}
              value={exclusion.reason}
              error={exclusion.reason.trim() === ''}
              maxLength={200}
              onChange={(event) => change({ ...exclusion, reason: event.currentTarget.value })}
              readOnly={isReadOnly}
              flex="1 1 180px"
            />
          </>
        );
      }}
    </EntryList>
  );
}
