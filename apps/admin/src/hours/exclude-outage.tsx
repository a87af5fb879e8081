import { ActionIcon } from '@mantine/core';
import { IconClockOff } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Downtime } from '../availability/report';
import type { Filters } from '../filters/filters';
import { useFocusReturn } from '../layout/use-focus-return';
import { formatTime } from '../time/time.format';
import { useMayEdit } from './schedule.query';

const ExcludeDialog = lazy(() =>
  import('./exclude-dialog').then(({ ExcludeDialog: component }) => ({ default: component })),
);

/** Lets those who may change the opening hours exclude an outage from them. Others see nothing. */
export function ExcludeOutage({ outage, filters }: { outage: Downtime; filters: Filters }) {
  const { t } = useTranslation();
  const mayEdit = useMayEdit();
  const [isOpen, setOpen] = useState(false);
  const [button, close] = useFocusReturn(() => setOpen(false));
  if (!mayEdit) return null;
  const label = t('hours.excludeOutage', { time: formatTime(outage.start_time, filters.zone, 'minute') });
  return (
    <>
      <ActionIcon
        ref={button}
        variant="subtle"
        size={24}
        aria-label={label}
        title={label}
        onClick={() => setOpen(true)}
      >
        <IconClockOff size={14} />
      </ActionIcon>
      {isOpen && (
        <Suspense>
          <ExcludeDialog outage={outage} filters={filters} close={close} />
        </Suspense>
      )}
    </>
  );
}
