import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { usePageView } from '../filters/page-view';
import { SearchSelect } from '../layout/search-select';
import classes from './bar.module.css';

/** No organization has such an ID. */
const ALL = '\0';

interface Properties extends FilterProperties {
  organizationIds: string[];
}

/** Chooses the organization, or the list of all. */
export function OrganizationSelect({ organizationIds, filters, setFilters }: Properties) {
  const { t } = useTranslation();
  const [, setView] = usePageView();
  const isForeign = !organizationIds.includes(filters.org);
  const all = organizationIds.length > 1 ? [{ value: ALL, label: t('organizations.title') }] : [];
  return (
    <SearchSelect
      aria-label={t('bar.organization')}
      title={filters.org}
      data={[...organizationIds, ...all]}
      value={isForeign ? null : filters.org}
      placeholder={t('bar.organization')}
      // The channel belongs to the organization that is left.
      onChange={(org) => (org === ALL ? setView('organizations') : setFilters({ org: org!, channel: null }))}
      nothingFoundMessage={t('bar.noOrganizationFound')}
      classNames={{ root: classes.organization, dropdown: classes.names }}
      comboboxProps={{ withinPortal: false, width: 'max-content', position: 'bottom-start' }}
    />
  );
}
