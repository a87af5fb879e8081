import { ActionIcon, Button, Group, Select, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import type { Filters, SetFilters } from '../filters/filters';
import { type Session, sessionStore } from '../session/session.store';
import { Logo } from './logo';

interface Properties {
  session: Session;
  filters: Filters;
  setFilters: SetFilters;
}

/** Which organization, light or dark, and the way out. */
export function PageHeader({ session: { organizationIds }, filters, setFilters }: Properties) {
  const isForeign = !organizationIds.includes(filters.org);
  return (
    <Group component="header" justify="space-between" gap="sm">
      <Logo />
      <Group gap="xs">
        <Select
          aria-label="Organization"
          data={organizationIds}
          value={isForeign ? null : filters.org}
          placeholder="Organization"
          // A channel belongs to its organization.
          onChange={(org) => org !== null && setFilters({ org, channel: null })}
          allowDeselect={false}
          searchable={organizationIds.length > 10}
          w={{ base: 130, xs: 180 }}
        />
        <ColorSchemeButton />
        <Button variant="default" leftSection={<IconLogout size={16} />} onClick={() => sessionStore.signOut()}>
          Sign out
        </Button>
      </Group>
    </Group>
  );
}

function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={isDark ? 'Light colours' : 'Dark colours'}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}
