import { Anchor } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const CalculationModal = lazy(() =>
  import('./calculation-modal').then(({ CalculationModal: component }) => ({ default: component })),
);

/** Opens the explanation of the figures, which is loaded then. */
export function CalculationLink() {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure();
  const link = useRef<HTMLButtonElement>(null);
  const [isNeeded, setIsNeeded] = useState(false);
  const show = () => {
    setIsNeeded(true);
    open();
  };
  // Mantine returns the focus only to where it was when a dialog that was there already opened.
  const closeAndReturn = () => {
    close();
    link.current?.focus();
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
