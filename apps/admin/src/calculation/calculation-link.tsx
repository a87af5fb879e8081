import { Anchor } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusReturn } from '../layout/use-focus-return';

const CalculationModal = lazy(() =>
  import('./calculation-modal').then(({ CalculationModal: component }) => ({ default: component })),
);

/** Opens the explanation of the figures, which is loaded then. */
export function CalculationLink() {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const [link, closeAndReturn] = useFocusReturn(close);
  const [isNeeded, setIsNeeded] = useState(false);
  const show = () => {
    setIsNeeded(true);
    open();
  };
  return (
    <>
      <Anchor ref={link} component="button" inherit underline="always" onClick={show}>
        {t('dashboard.howCalculated')}
      </Anchor>
      {isNeeded && (
        <Suspense>
          <CalculationModal isOpen={isOpen} close={closeAndReturn} />
        </Suspense>
      )}
    </>
  );
}
