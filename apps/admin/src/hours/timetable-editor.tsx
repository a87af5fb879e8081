import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../filters/filters';
import { Section } from '../layout/section';
import { ExceptionsEditor } from './exceptions-editor';
import { ExclusionsEditor } from './exclusions-editor';
import { HoursPreview } from './hours-preview';
import type { TimetableDraft } from './schedule-draft';
import { VersionPicker } from './version-picker';
import { WeekEditor } from './week-editor';
import { ZoneSelect } from './zone-select';

interface Properties {
  filters: Filters;
  /** Whose hours they are; null for the organization. */
  channel: string | null;
  /** Whether a schedule is stored, with which the preview is compared. */
  isStored: boolean;
  timetable: TimetableDraft;
  onChange: (timetable: TimetableDraft) => void;
  isReadOnly: boolean;
}

/** The hours of an organization or of a channel: week, exceptions, exclusions and time zone. */
export function TimetableEditor({ filters, channel, isStored, timetable, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  const { timezone, versions, exceptions, exclusions } = timetable;
  // The newest is what most changes are about.
  const [chosen, setChosen] = useState(versions.length - 1);
  const shown = Math.min(chosen, versions.length - 1);
  const { validFrom, week } = versions[shown]!;
  const change = (part: Partial<TimetableDraft>) => onChange({ ...timetable, ...part });
  return (
    <Stack gap="md">
      <Section title={t('hours.week')}>
        <ZoneSelect zone={timezone} onChange={(zone) => change({ timezone: zone })} isReadOnly={isReadOnly} />
        {(versions.length > 1 || !isReadOnly) && (
          <VersionPicker
            versions={versions}
            shown={shown}
            show={setChosen}
            onChange={(changed) => change({ versions: changed })}
            isReadOnly={isReadOnly}
          />
        )}
        <WeekEditor
          week={week}
          onChange={(changed) => change({ versions: versions.with(shown, { validFrom, week: changed }) })}
          isReadOnly={isReadOnly}
        />
        {!isReadOnly && (
          <HoursPreview
            filters={{ ...filters, channel }}
            week={week}
            timezone={timezone}
            isStored={isStored}
            isWholeSchedule={versions.length === 1 && exceptions.length === 0 && exclusions.length === 0}
          />
        )}
      </Section>
      <ExceptionsEditor
        exceptions={exceptions}
        onChange={(changed) => change({ exceptions: changed })}
        isReadOnly={isReadOnly}
      />
      <ExclusionsEditor
        exclusions={exclusions}
        zone={timezone}
        onChange={(changed) => change({ exclusions: changed })}
        isReadOnly={isReadOnly}
      />
    </Stack>
  );
}
