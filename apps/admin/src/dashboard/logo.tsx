import { Group, Text } from '@mantine/core';

/** The sign and name of the product. */
export function Logo() {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
      <Text fw={700}>Chat Reports</Text>
    </Group>
  );
}
