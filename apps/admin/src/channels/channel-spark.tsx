import { useRef } from 'react';
import type { View } from '../availability/view';
import { useStaysInView } from '../layout/use-stays-in-view';
import { Spark } from '../spark/spark';
import { useChannelTrend } from '../availability/channel-trend';
import classes from './channels.module.css';

/** The history of one channel as a strip, fetched once the row stays in view. Until then its place is an outline. */
export function ChannelSpark({ view, channel, target }: { view: View; channel: string; target: number }) {
  const place = useRef<HTMLDivElement>(null);
  const isWanted = useStaysInView(place);
  const { data } = useChannelTrend(view, channel, isWanted);
  return (
    <div ref={place} className={classes.spark} data-waiting={!data || undefined}>
      {data && <Spark buckets={data} target={target} />}
    </div>
  );
}
