import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Section } from '../layout/section';

interface Properties<Entry> {
  title: string;
  help: string;
  /** Shown if there are no entries. */
  none: string;
  entries: Entry[];
  onChange: (entries: Entry[]) => void;
  add: { label: string; entry: Entry };
  removeLabel: (entry: Entry) => string;
  children: (entry: Entry, onChange: (entry: Entry) => void) => ReactNode;
  isReadOnly: boolean;
}

/** A list whose entries are edited in place, removed and added to. */
export function EntryList<Entry>(properties: Properties<Entry>) {
  const { title, help, none, entries, onChange, add, removeLabel, children, isReadOnly } = properties;
  return (
    <Section title={title}>
      <Text size="sm" c="dimmed">
        {help}
      </Text>
      <Stack gap="sm" role="list">
        {entries.map((entry, index) => (
          <Group key={index} role="listitem" gap="xs" align="end">
            {children(entry, (changed) => onChange(entries.with(index, changed)))}
            {!isReadOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={30}
                aria-label={removeLabel(entry)}
                onClick={() => onChange(entries.toSpliced(index, 1))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      {entries.length === 0 && <Text size="sm">{none}</Text>}
      {!isReadOnly && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...entries, add.entry])}
          style={{ alignSelf: 'start' }}
        >
          {add.label}
        </Button>
      )}
    </Section>
  );
}
