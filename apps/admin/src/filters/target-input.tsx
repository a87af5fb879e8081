import { NumberInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { type Filters, isTarget, type SetFilters } from './filters';

/** Long enough to type the next digit. */
const TYPING_MS = 600;

/** The availability that is aimed at, in percent. What is half typed is not taken yet, and what cannot be one never. */
export function TargetInput({ filters: { target }, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  const [typed, setTyped] = useState<string | number>();
  const take = (value: string | number | undefined) => {
    if (typeof value === 'number' && isTarget(value)) setFilters({ target: value }, { history: 'replace' });
  };
  const takeLater = useDebouncedCallback(take, TYPING_MS);
  const isWrong = typed !== undefined && typed !== '' && !isTarget(Number(typed));
  return (
    <NumberInput
      label="Target"
      error={isWrong && '0.001 to 100 %'}
      suffix=" %"
      min={0.001}
      max={100}
      clampBehavior="none"
      decimalScale={3}
      allowedDecimalSeparators={['.', ',']}
      step={0.1}
      w={110}
      value={typed ?? target}
      onChange={(value) => {
        setTyped(value);
        takeLater(value);
      }}
      onBlur={() => {
        take(typed);
        setTyped(undefined);
      }}
    />
  );
}
