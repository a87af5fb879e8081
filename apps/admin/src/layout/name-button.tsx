import { Anchor } from '@mantine/core';

interface Properties {
  name: string;
  /** What it does, for screen readers; default: the name. */
  label?: string;
  /** Whether a long name takes as many lines as it needs. */
  isWhole?: boolean;
  onClick: () => void;
}

/** The name of what a row of a table is about, as a button. A long name is cut, and shown in full on hover, unless it is whole. */
export function NameButton({ name, label, isWhole, onClick }: Properties) {
  return (
    <Anchor
      component="button"
      size="sm"
      fw={600}
      ta="start"
      truncate={isWhole ? undefined : 'end'}
      className={isWhole ? 'anywhere' : undefined}
      maw="100%"
      dir="auto"
      title={name}
      aria-label={label}
      onClick={onClick}
    >
      {name}
    </Anchor>
  );
}
