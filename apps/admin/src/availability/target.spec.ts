import { errorBudgetMs, levelOf } from './target';

describe('the error budget', () => {
  it('is the downtime that a target allows, to the millisecond', () => {
    expect(errorBudgetMs(2_592_000_000, 99.9)).toBe(2_592_000);
    expect(errorBudgetMs(1000, 100)).toBe(0);
  });
});

describe('levelOf', () => {
  it.each([
    [5, 'met'],
    [6, 'missed'],
    [49, 'missed'],
    [50, 'far'],
  ])('with %i of 1000 down, holds a target of 99.5 %% to be %s', (total_down_time, level) => {
    expect(levelOf({ total_time: 1000, total_down_time }, 99.5)).toBe(level);
  });
});
