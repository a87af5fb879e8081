import { Group, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Properties {
  /** The values of the period and of the one before; undefined without messages. */
  of: (number | undefined)[];
  /** What to say if there is no value before; default: that there were no messages. */
  nothingBefore?: string;
  /** The values as they are shown. */
  texts: (string | undefined)[];
  /** Whether the value of the period is said, since it is not the figure above. */
  isSaid?: boolean;
  /** Writes how much more or less the value is now. */
  difference: (value: number, before: number) => string;
  /** Whether anything can be called better or worse. */
  isComparable: boolean;
  /** Why not. */
  reservation?: string;
  isMoreBetter?: boolean;
}

/** How much a figure has changed since the period before, whether that is better or worse, and what it was. */
export function Comparison({ of: [value, valueBefore], texts: [text, textBefore], ...properties }: Properties) {
  const { t } = useTranslation();
  const { nothingBefore, difference, isComparable, reservation } = properties;
  const { isMoreBetter = false, isSaid = false } = properties;
  if (valueBefore === undefined) return <Before text={nothingBefore ?? t('dashboard.beforeNothing')} />;
  const before = [t('dashboard.before', { value: textBefore }), ...(reservation ? [reservation] : [])].join(', ');
  const both = isSaid && value !== undefined ? `${text}, ${before}` : before;
  if (value === undefined || !isComparable) return <Before text={both} />;
  const isMore = value > valueBefore;
  const isBetter = isMore === isMoreBetter;
  const Arrow = isMore ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Group gap="xs" style={{ rowGap: 0 }}>
      {/* Values that differ only in digits that are not shown count as equal. */}
      {text === textBefore ? (
        <IconEqual size={14} aria-hidden color="var(--mantine-color-dimmed)" />
      ) : (
        <Group gap={4} wrap="nowrap" c={isBetter ? 'var(--better)' : 'var(--worse)'}>
          <Arrow size={14} role="img" aria-label={t(isBetter ? 'dashboard.better' : 'dashboard.worse')} />
          <Text size="sm">{difference(value, valueBefore)}</Text>
        </Group>
      )}
      <Before text={both} />
    </Group>
  );
}

function Before({ text }: { text: string }) {
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}
