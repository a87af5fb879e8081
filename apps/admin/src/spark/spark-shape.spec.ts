import type { Bucket } from '../availability/report';
import { sparkShape } from './spark-shape';

const bucketOf = (observed_time: number, total_down_time: number) => ({ observed_time, total_down_time }) as Bucket;

describe('sparkShape', () => {
  it('draws the square root of the silent share of the observed time, apart from what the target allows', () => {
    const shape = sparkShape([bucketOf(1000, 250), bucketOf(1000, 5), bucketOf(1000, 0), bucketOf(0, 0)], 99.5);
    expect(shape.missed).toBe('M0 0.5h0.25V1h-0.25z');
    expect(shape.allowed).toBe('M0.25 0.9h0.25V1h-0.25z');
    expect(shape.known).toBe('M0 0h0.25V1h-0.25zM0.25 0h0.25V1h-0.25zM0.5 0h0.25V1h-0.25z');
    expect(shape.counts).toEqual({ all: 4, known: 3, missed: 1 });
  });

  it('fills a bar that is silent throughout', () => {
    expect(sparkShape([bucketOf(1000, 1000)], 99.5).missed).toBe('M0 0h1V1h-1z');
  });
});
