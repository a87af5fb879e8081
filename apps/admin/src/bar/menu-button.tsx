import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { MenuPanel } from './menu-panel';
import { PanelButton } from './panel-button';

/** Opens the settings that are seldom changed. It is not loaded on demand, so that signing out needs no network. */
export function MenuButton(properties: FilterProperties) {
  const { t } = useTranslation();
  return (
    <PanelButton
      label={t('bar.menu')}
      button={(toggle) => (
        <ActionIcon variant="default" size={36} aria-label={t('bar.menu')} onClick={toggle}>
          <IconDots size={18} />
        </ActionIcon>
      )}
    >
      <MenuPanel {...properties} />
    </PanelButton>
  );
}
