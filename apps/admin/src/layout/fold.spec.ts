import { fold } from './fold';

describe('a search', () => {
  it.each([
    ['PYTHÓN', 'python'],
    ['munchen', 'München'],
    ['sao paulo', 'São_Paulo'],
    ['istanbul', 'İstanbul'],
    ['web', 'Ｗｅｂ'],
    ['日本', '日本'],
  ])('for %s finds %s', (wanted, name) => {
    expect(fold(name)).toBe(fold(wanted));
  });
});
