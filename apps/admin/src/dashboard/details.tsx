import { Skeleton, Stack } from '@mantine/core';
import { lazy, memo, Suspense, useDeferredValue } from 'react';
import type { View } from '../availability/view';
import type { FilterProperties } from '../filters/filters';
import { History } from '../history/history';
import { useHistory } from '../history/use-history';

const Tables = lazy(() => import('./tables').then(({ Tables: component }) => ({ default: component })));

interface Properties extends FilterProperties {
  view: View;
}

/**
 * The history and the tables. With tens of thousands of outages they take long, so a new view is drawn in small steps, between which the
 * page answers.
 */
export function Details({ view, filters, setFilters }: Properties) {
  const drawn = useDeferredValue<View | null>(view, null);
  return (
    <Stack gap="md" aria-busy={drawn !== view}>
      {drawn === null ? <Outline /> : <Sections view={drawn} filters={filters} setFilters={setFilters} />}
    </Stack>
  );
}

function Outline() {
  return (
    <>
      <Skeleton h={220} data-loading />
      <Skeleton h={300} data-loading />
    </>
  );
}

/** Drawn again only for another view or other filters. */
const Sections = memo(function Sections({ view, filters, setFilters }: Properties) {
  const history = useHistory(view);
  return (
    <>
      <div id="history">
        <History view={view} model={history} setFilters={setFilters} />
      </div>
      <Suspense fallback={<Skeleton h={300} data-loading />}>
        <Tables view={view} days={history.strips} filters={filters} setFilters={setFilters} />
      </Suspense>
    </>
  );
});
