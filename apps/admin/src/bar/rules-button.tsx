import { Button } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import classes from './bar.module.css';
import { PanelButton } from './panel-button';

const RulesPanel = lazy(() => import('./rules-panel').then(({ RulesPanel: component }) => ({ default: component })));

/** Opens the rules that the figures follow. */
export function RulesButton(properties: FilterProperties) {
  const { t } = useTranslation();
  return (
    <PanelButton
      label={t('bar.rules')}
      button={(toggle) => (
        <Button
          variant="default"
          className={classes.action}
          onClick={toggle}
          leftSection={<IconAdjustmentsHorizontal size={16} />}
        >
          {t('bar.rules')}
        </Button>
      )}
    >
      <RulesPanel {...properties} />
    </PanelButton>
  );
}
