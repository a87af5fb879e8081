import { Box } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type MouseEvent, useMemo, useRef, useState } from 'react';
import { findSpan } from './find-span';
import type { Period } from '../time/period';
import { ticksOf } from '../time/ticks';
import { formatTime } from '../time/time.format';
import type { DayStrip } from './day-strips';
import { divide } from '../time/parts';
import type { Span } from './silence-shape';
import { Strip } from './strip';
import { usualPixels } from './usual-pixels';
import classes from './strips.module.css';

interface Properties {
  period: Period;
  strips: DayStrip[];
  zone: string;
  /** For screen readers. */
  label: string;
  /** Pixels. */
  height: number;
  /** Called with the outage that is pointed at: its place in the report's list. */
  point?: (outage: number | undefined) => void;
  /** Called with the outage that is clicked, or tapped once more: the first tap only points at it. */
  open?: (outage: number) => void;
}

/** Room for a mark and the space around it. */
const TICK_PIXELS = 64;
/** How close to an outage the pointer must be. */
const REACH_PIXELS = 4;

/** A period from left to right, with a time axis that has minutes, hours, days or months as they fit. */
export function LinearStrip({ period, strips, zone, label, height, point, open }: Properties) {
  const { ref, width: measured } = useElementSize();
  const width = Math.max(1, Math.floor(measured || usualPixels()));
  const spans = useMemo(() => spansIn(period, strips), [period, strips]);
  const most = Math.max(2, Math.floor(width / TICK_PIXELS));
  const ticks = useMemo(() => ticksOf(period, zone, most), [period, zone, most]);
  const [pointed, setPointed] = useState<number>();
  const pointAt = ({ nativeEvent: { offsetX } }: MouseEvent) => {
    const found = findSpan(spans.silent, offsetX / width, REACH_PIXELS / width);
    const outage = spans.silent[found]?.outage;
    if (outage !== pointed) point?.(outage);
    setPointed(outage);
    return outage;
  };
  // Before it turns a tap into a click, the browser sends a mousemove, which already points at the outage.
  const pressed = useRef<{ isTouch: boolean; pointed?: number }>({ isTouch: false });
  const openAt = (event: MouseEvent) => {
    const outage = pointAt(event);
    const isFirstTap = pressed.current.isTouch && outage !== pressed.current.pointed;
    if (outage !== undefined && !isFirstTap) open?.(outage);
  };
  return (
    <Box ref={ref}>
      <div
        role="img"
        aria-label={label}
        onPointerDown={({ pointerType }) => (pressed.current = { isTouch: pointerType === 'touch', pointed })}
        onMouseMove={pointAt}
        onClick={openAt}
      >
        <div style={{ pointerEvents: 'none' }}>
          <Strip spans={spans} height={height} direction="right" bins={width} />
        </div>
      </div>
      <div className={classes.ticks} aria-hidden>
        {ticks
          .map(({ atMs, style }) => ({
            text: formatTime(atMs, zone, style),
            position: (atMs - period.startMs) / (period.endMs - period.startMs),
          }))
          // A label begins at its time and must not run past the end of the axis.
          .filter(({ position }) => position * width + TICK_PIXELS <= width + 16)
          .map(({ text, position }) => (
            <span key={position} style={{ left: `${position * 100}%` }}>
              {text}
            </span>
          ))}
      </div>
    </Box>
  );
}

function spansIn(period: Period, strips: DayStrip[]) {
  const place = <Part extends Period>(parts: Part[]): (Part & Span)[] =>
    divide(parts, [period])[0]!.map((part) => ({
      ...part,
      from: (part.startMs - period.startMs) / (period.endMs - period.startMs),
      to: (part.endMs - period.startMs) / (period.endMs - period.startMs),
    }));
  return {
    silent: place(strips.flatMap(({ silent }) => silent)),
    observed: place(strips.flatMap(({ observed }) => observed)),
    closed: place(strips.flatMap(({ closed }) => closed)),
    unknown: place(strips.flatMap(({ unknown }) => unknown)),
  };
}
