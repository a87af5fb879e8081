import { type ComboboxItem, type OptionsFilter, Select, type SelectProps } from '@mantine/core';
import { useRef } from 'react';
import { fold } from './fold';

const filter: OptionsFilter = ({ options, search, limit }) => {
  const wanted = fold(search.trim());
  return (options as ComboboxItem[]).filter(({ label }) => fold(label).includes(wanted)).slice(0, limit);
};

/** Chooses one of many options: typing replaces the current choice and finds others, of which the Enter key takes the first. */
export function SearchSelect(properties: SelectProps) {
  const input = useRef<HTMLInputElement>(null);
  // The name of a choice is there once the list has closed.
  const selectText = () =>
    requestAnimationFrame(() => document.activeElement === input.current && input.current?.select());
  return (
    <Select
      ref={input}
      allowDeselect={false}
      searchable
      selectFirstOptionOnChange
      filter={filter}
      onFocus={selectText}
      onDropdownClose={selectText}
      {...properties}
    />
  );
}
