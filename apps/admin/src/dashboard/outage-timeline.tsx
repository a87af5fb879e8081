import { Box, Tooltip } from '@mantine/core';
import { type MouseEvent, useMemo, useState } from 'react';
import type { Outage, View } from '../api/availability';
import { describeOutage } from './outage.format';
import { drawSpans, findSpan, SHAPE_WIDTH, toSpans } from './outage-shape';

/** How far from an outage the pointer may be. */
const REACH_PIXELS = 4;

/** The outages of the period along its time, all in one shape, so that ten thousands are drawn like ten. */
export function OutageTimeline({ view }: { view: View }) {
  const { report, period } = view;
  const outages = report.down_times;
  const spans = useMemo(() => toSpans(outages, period), [outages, period]);
  const path = useMemo(() => drawSpans(spans), [spans]);
  const [pointed, setPointed] = useState<{ outage: Outage; isLeft: boolean }>();
  const point = ({ nativeEvent: { offsetX }, currentTarget: { clientWidth } }: MouseEvent) => {
    const found = findSpan(spans, offsetX / clientWidth, REACH_PIXELS / clientWidth);
    setPointed(found === -1 ? undefined : { outage: outages[found]!, isLeft: offsetX < clientWidth / 2 });
  };
  return (
    <Tooltip.Floating
      label={pointed && describeOutage(pointed.outage, view)}
      disabled={!pointed}
      position={pointed?.isLeft ? 'right' : 'left'}
      withinPortal={false}
      multiline
      maw="min(340px, 45vw)"
    >
      <Box onMouseMove={point} onMouseLeave={() => setPointed(undefined)} lh={0}>
        <svg
          role="img"
          aria-label={`Timeline of ${outages.length} outages, which the table lists`}
          viewBox={`0 0 ${SHAPE_WIDTH} 1`}
          preserveAspectRatio="none"
          width="100%"
          height={22}
        >
          <rect width={SHAPE_WIDTH} height={1} fill="var(--track)" />
          <path d={path} fill="var(--far)" />
        </svg>
      </Box>
    </Tooltip.Floating>
  );
}
