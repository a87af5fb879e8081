import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Filters, SetFilters } from './filters';

/** The availability that is aimed at, in percent. What is half typed is not taken yet. */
export function TargetInput({ filters: { target }, setFilters }: { filters: Filters; setFilters: SetFilters }) {
  const [typed, setTyped] = useState<string | number>();
  const take = (value: string | number) => {
    setTyped(value);
    if (typeof value === 'number' && value > 0 && value <= 100) setFilters({ target: value }, { history: 'replace' });
  };
  return (
    <NumberInput
      label="Target"
      suffix=" %"
      min={0.001}
      max={100}
      decimalScale={3}
      step={0.1}
      w={110}
      value={typed ?? target}
      onChange={take}
      onBlur={() => setTyped(undefined)}
    />
  );
}
