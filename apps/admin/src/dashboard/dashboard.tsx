import { Alert, Container, Stack, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../availability/view';
import { Bar } from '../bar/bar';
import { useCompleteUrl, useFilters } from '../filters/filters';
import type { Session } from '../session/session';
import { ViewPanel } from './view-panel';

/** The page for a signed-in support lead. */
export function Dashboard({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [query, setFilters] = useFilters();
  const org = query.org || session.organizationIds[0]!;
  const filters = useMemo(() => ({ ...query, org }), [query, org]);
  useCompleteUrl(filters, setFilters);
  const isAllowed = session.organizationIds.includes(filters.org);
  const view = useView(filters, { enabled: isAllowed });
  const properties = { filters, setFilters };
  return (
    <>
      {!view.data && <title>{`${filters.org} – Chat Reports`}</title>}
      <Bar session={session} view={view.data} {...properties} />
      <Container component="main" size="xl" py="md">
        <Stack gap="md">
          <VisuallyHidden component="h1">{t('dashboard.heading', { organization: filters.org })}</VisuallyHidden>
          {isAllowed ? (
            <ViewPanel query={view} {...properties} />
          ) : (
            <Alert color="red" title={t('dashboard.foreign', { organization: filters.org })}>
              {t('dashboard.foreignHint')}
            </Alert>
          )}
        </Stack>
      </Container>
    </>
  );
}
