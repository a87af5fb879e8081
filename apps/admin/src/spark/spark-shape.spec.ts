import type { Bucket } from '../availability/report';
import { sparkShape } from './spark-shape';

const bucketOf = (observed_time: number, total_down_time: number) => ({ observed_time, total_down_time }) as Bucket;

describe('sparkShape', () => {
  it('draws silence as wide as its share of the observed time, apart from what the target allows, and wide enough to be seen', () => {
    const shape = sparkShape([bucketOf(1000, 500), bucketOf(1000, 5), bucketOf(1000, 0), bucketOf(0, 0)], 99.5);
    expect(shape.missed).toBe('M0.0625 0h0.125v1h-0.125z');
    expect(shape.allowed).toBe('M0.3675 0h0.015v1h-0.015z');
    expect(shape.known).toBe('M0 0h0.25v1h-0.25zM0.25 0h0.25v1h-0.25zM0.5 0h0.25v1h-0.25z');
    expect(shape.counts).toEqual({ all: 4, known: 3, missed: 1 });
  });
  it('shows little more silence than there was, even if each part had some', () => {
    const { missed } = sparkShape(
      Array.from({ length: 30 }, () => bucketOf(1000, 25)),
      99.5,
    );
    const widths = [...missed.matchAll(/h([\d.]+)v/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(30);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(0.03, 2);
  });
});
