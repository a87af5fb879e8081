import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { SearchSelect } from '../layout/search-select';
import { zoneOptions } from '../time/time-zone';

/** Chooses the time zone of all times and dates among those that the browser knows. */
export function ZoneSelect({ filters: { zone }, setFilters }: FilterProperties) {
  const { t } = useTranslation();
  return (
    <SearchSelect
      label={t('bar.zone')}
      data={zoneOptions(zone)}
      value={zone}
      onChange={(name) => setFilters({ zone: name! })}
      // It has the focus when the menu opens.
      openOnFocus={false}
      nothingFoundMessage={t('bar.noZoneFound')}
      // Those that are in use come first.
      limit={50}
    />
  );
}
