import { rem } from '@mantine/core';
import { useMemo } from 'react';
import type { Column } from './columns';
import { silenceShape, type Span } from './silence-shape';
import classes from './strips.module.css';

type Spans = Pick<Column, 'silent' | 'observed' | 'closed' | 'unknown'>;

interface Properties {
  spans: Spans;
  /** Pixels, where the page is not enlarged. */
  height: number;
  direction: 'down' | 'right';
  /** How many parts of the strip can be told apart: its length in pixels. */
  bins: number;
  /** How many steps of its axis it has. */
  steps?: number;
}

/** A strip of time: silent parts are red, closed ones grey, unknown ones hatched. Its silence is one shape, however many outages there are. */
export function Strip({
  spans: { silent, observed, closed, unknown },
  height,
  direction,
  bins,
  steps = 1,
}: Properties) {
  const path = useMemo(() => silenceShape(silent, bins, direction), [silent, bins, direction]);
  return (
    <span
      className={`${classes.strip} ${direction === 'right' ? classes.across : ''}`}
      style={{ height: rem(height), ['--step' as string]: rem(height / steps) }}
    >
      <Parts spans={observed} direction={direction} className={classes.observed!} />
      <Parts spans={closed} direction={direction} className={classes.closed!} />
      <Parts spans={unknown} direction={direction} className={classes.unknown!} />
      <svg viewBox={direction === 'down' ? `0 0 1 ${bins}` : `0 0 ${bins} 1`} preserveAspectRatio="none" aria-hidden>
        <path className={classes.silent} d={path} />
      </svg>
    </span>
  );
}

function Parts({ spans, direction, className }: { spans: Span[]; direction: 'down' | 'right'; className: string }) {
  return spans.map(({ from, to }) => {
    const [start, end] = [`${from * 100}%`, `${(1 - to) * 100}%`];
    const inset = direction === 'down' ? `${start} 0 ${end}` : `0 ${end} 0 ${start}`;
    return <span key={from} className={`${classes.part} ${className}`} style={{ inset }} />;
  });
}
