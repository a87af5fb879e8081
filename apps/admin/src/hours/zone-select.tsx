import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { zoneOptions } from '../time/time-zone';

interface Properties {
  zone: string;
  onChange: (zone: string) => void;
  isReadOnly: boolean;
}

/** Chooses the time zone of hours among all that the browser knows. */
export function ZoneSelect({ zone, onChange, isReadOnly }: Properties) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('hours.timezone')}
      data={zoneOptions(zone)}
      value={zone}
      onChange={(name) => onChange(name!)}
      allowDeselect={false}
      readOnly={isReadOnly}
      searchable
      nothingFoundMessage={t('hours.noZone')}
      limit={60}
      maw={280}
    />
  );
}
