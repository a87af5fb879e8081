import { Button, Input, SegmentedControl, Stack, useMantineColorScheme } from '@mantine/core';
import { IconDeviceTv, IconLogout } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterProperties } from '../filters/filters';
import { usePageView } from '../filters/page-view';
import { sessionStore } from '../session/session.store';
import { ZoneSelect } from './zone-select';

/** Settings that are seldom changed: the time zone, light or dark colors, the view for a wall, and the session. */
export function MenuPanel(properties: FilterProperties) {
  const { t } = useTranslation();
  const [, setView] = usePageView();
  return (
    <Stack gap="md">
      <ZoneSelect {...properties} />
      <ColorScheme />
      <Button variant="default" leftSection={<IconDeviceTv size={16} />} onClick={() => setView('wall')}>
        {t('bar.wall')}
      </Button>
      <Button variant="default" leftSection={<IconLogout size={16} />} onClick={() => sessionStore.signOut()}>
        {t('bar.signOut')}
      </Button>
    </Stack>
  );
}

function ColorScheme() {
  const { t } = useTranslation();
  const id = useId();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div>
      <Input.Label id={id} labelElement="div">
        {t('bar.colors')}
      </Input.Label>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        value={colorScheme}
        onChange={setColorScheme}
        data={[
          { value: 'auto', label: t('bar.auto') },
          { value: 'light', label: t('bar.light') },
          { value: 'dark', label: t('bar.dark') },
        ]}
      />
    </div>
  );
}
