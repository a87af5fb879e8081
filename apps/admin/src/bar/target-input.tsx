import { NumberInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilterProperties, isTarget } from '../filters/filters';

/** Leaves time to type the next digit. */
const TYPING_DELAY_MS = 600;

/** Sets the target in percent, once the reader stops typing. Invalid input is marked and never applied. */
export function TargetInput({ filters: { target }, setFilters }: FilterProperties) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | number>();
  const apply = (value: string | number | undefined) => {
    if (typeof value === 'number' && isTarget(value)) setFilters({ target: value }, { history: 'replace' });
  };
  const applyLater = useDebouncedCallback(apply, TYPING_DELAY_MS);
  const isInvalid = typed !== undefined && typed !== '' && !isTarget(Number(typed));
  return (
    <NumberInput
      label={t('bar.target')}
      description={t('bar.targetHint')}
      error={isInvalid && t('bar.targetInvalid')}
      suffix=" %"
      min={0.001}
      max={100}
      clampBehavior="none"
      decimalScale={3}
      allowedDecimalSeparators={['.', ',']}
      step={0.1}
      value={typed ?? target}
      onChange={(value) => {
        setTyped(value);
        applyLater(value);
      }}
      onBlur={() => {
        apply(typed);
        setTyped(undefined);
      }}
    />
  );
}
