import type { Bucket } from '../availability/report';
import { sparkShape } from './spark-shape';

const bucketOf = (observed_time: number, total_down_time: number) => ({ observed_time, total_down_time }) as Bucket;

describe('sparkShape', () => {
  it('draws silence as high as its share of the observed time, apart from what the target allows, and high enough to be seen', () => {
    const shape = sparkShape([bucketOf(1000, 500), bucketOf(1000, 5), bucketOf(1000, 0), bucketOf(0, 0)], 99.5);
    expect(shape.missed).toBe('M0 0.5h0.25V1h-0.25z');
    expect(shape.allowed).toBe('M0.25 0.94h0.25V1h-0.25z');
    expect(shape.known).toBe('M0 0h0.25V1h-0.25zM0.25 0h0.25V1h-0.25zM0.5 0h0.25V1h-0.25z');
    expect(shape.counts).toEqual({ all: 4, known: 3, missed: 1 });
  });
  it('shows little more silence than there was, even if each part had some', () => {
    const { missed } = sparkShape(
      Array.from({ length: 30 }, () => bucketOf(1000, 25)),
      99.5,
    );
    const heights = [...missed.matchAll(/ ([\d.]+)h/g)].map(([, top]) => 1 - Number(top));
    expect(heights).toHaveLength(30);
    expect(heights.reduce((sum, height) => sum + height, 0) / 30).toBeCloseTo(0.03, 2);
  });
});
