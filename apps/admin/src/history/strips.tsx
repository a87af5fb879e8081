import { rem, VisuallyHidden } from '@mantine/core';
import { useElementSize, useRovingIndex } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime, type ShownPeriod } from '../time/time.format';
import { type Column, linesOf, type Unit, worstOf } from './columns';
import { Strip } from './strip';
import classes from './strips.module.css';
import { useDescription } from './use-description';
import { usualPixels } from './usual-pixels';

interface Properties {
  columns: Column[];
  unit: Unit;
  view: ShownPeriod;
  /** Opens a day or week; undefined where nothing can be clicked. */
  open?: (column: Column) => void;
  /** Called with what is pointed at or focused. */
  point?: (column: Column | undefined) => void;
}

const AXIS_PIXELS = 30;
/** Quarters of a day, and days of a week. */
const STEPS = { day: 4, week: 7 };

/** Days or weeks as strips of equal width, in as many lines as it takes. They are one tab stop; arrow keys move between them. */
export function Strips({ columns, unit, view, open, point }: Properties) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const describe = useDescription(unit, view);
  const { perLine, blanks } = linesOf(columns, unit, (width || usualPixels()) - AXIS_PIXELS);
  const places = blanks + columns.length;
  const lines = Math.ceil(places / perLine);
  const [focused, setFocused] = useState(0);
  const { getItemProps } = useRovingIndex({
    total: places,
    columns: perLine,
    loop: false,
    isItemDisabled: (place) => place < blanks,
    // The hook counts the empty places, too, of which a turned screen has others.
    focusedIndex: blanks + focused,
    onFocusChange: (place) => setFocused(place - blanks),
  });
  const worst = worstOf(columns);
  const height = lines === 1 ? 168 : lines === 2 || unit === 'week' ? 126 : 84;
  return (
    <div
      ref={ref}
      role="group"
      className={classes.lines}
      aria-label={t(open ? 'history.stripsHint' : 'history.strips')}
      onMouseLeave={() => point?.(undefined)}
    >
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={classes.line}>
          <Axis unit={unit} height={height} />
          <ul className={classes.strips} style={{ gridTemplateColumns: `repeat(${perLine}, minmax(0, 1fr))` }}>
            {columns.map((column, index) => {
              const place = blanks + index;
              if (Math.floor(place / perLine) !== line) return null;
              const properties = { open, point, column, text: describe(column) };
              return (
                <li
                  key={column.date}
                  className={column === worst ? classes.worst : undefined}
                  style={{ gridColumnStart: (place % perLine) + 1 }}
                >
                  <Cell {...properties} roving={(onClick) => getItemProps({ index: place, onClick })}>
                    <Strip spans={column} height={height} direction="down" bins={height} steps={STEPS[unit]} />
                  </Cell>
                  <Label column={column} before={columns[index - 1]} unit={unit} zone={view.filters.zone} />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}

interface CellProperties extends Pick<Properties, 'open' | 'point'> {
  column: Column;
  text: string;
  roving: (onClick: () => void) => ReturnType<ReturnType<typeof useRovingIndex>['getItemProps']>;
  children: ReactNode;
}

function Cell({ column, text, open, point, roving, children }: CellProperties) {
  if (!open) {
    return (
      <>
        <VisuallyHidden>{text}</VisuallyHidden>
        <span aria-hidden>{children}</span>
      </>
    );
  }
  return (
    <button
      type="button"
      className={classes.cell}
      aria-label={text}
      onMouseEnter={() => point?.(column)}
      onFocus={() => point?.(column)}
      {...roving(() => open(column))}
    >
      {children}
    </button>
  );
}

const EDGES: Record<number, string> = { 0: 'start', 1: 'end' };

function Axis({ unit, height }: { unit: Unit; height: number }) {
  const labels = unit === 'day' ? ['00', '06', '12', '18', '24'] : weekdayInitials();
  return (
    <div className={classes.axis} style={{ height: rem(height) }} aria-hidden>
      {labels.map((label, index) => {
        const position = unit === 'day' ? index / 4 : (index + 0.5) / 7;
        return (
          <span key={index} data-edge={EDGES[position]} style={{ top: `${position * 100}%` }}>
            {label}
          </span>
        );
      })}
    </div>
  );
}

/** The weekday and date of a day, or the date that a week begins on; the month where it begins, and among weeks the year. */
function Label({ column, before, unit, zone }: { column: Column; before?: Column; unit: Unit; zone: string }) {
  const isNew = (length: number) => before?.date.slice(0, length) !== column.date.slice(0, length);
  return (
    <span className={classes.label} aria-hidden>
      {unit === 'day' && <span>{formatTime(column.startMs, zone, 'weekday-name').slice(0, 2)}</span>}
      <span>{Number(column.date.slice(8))}</span>
      {isNew(7) && <span>{formatTime(column.startMs, zone, 'month-name')}</span>}
      {unit === 'week' && isNew(4) && <span>{column.date.slice(0, 4)}</span>}
    </span>
  );
}

/** From Monday. */
function weekdayInitials(): string[] {
  const monday = Date.UTC(2024, 0, 1);
  return Array.from({ length: 7 }, (_, day) =>
    formatTime(monday + day * 86_400_000, 'UTC', 'weekday-name').slice(0, 2),
  );
}
