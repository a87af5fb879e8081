import { Group, Text } from '@mantine/core';

/** The product's icon and name. */
export function Logo() {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
      <Text fw={700} className="nowrap" data-logo-name>
        Chat Reports
      </Text>
    </Group>
  );
}
