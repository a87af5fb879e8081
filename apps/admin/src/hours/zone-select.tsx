import { useTranslation } from 'react-i18next';
import { SearchSelect } from '../layout/search-select';
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
    <SearchSelect
      label={t('hours.timezone')}
      data={zoneOptions(zone)}
      value={zone}
      onChange={(name) => onChange(name!)}
      readOnly={isReadOnly}
      nothingFoundMessage={t('hours.noZone')}
      limit={60}
      maw={280}
    />
  );
}
