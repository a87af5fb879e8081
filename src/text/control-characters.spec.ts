import { escapeControls } from './control-characters';

describe('escapeControls', () => {
  it.each([
    ['a\x1b[2Jb', 'a\\u001b[2Jb'],
    ['a\nb\tc\x7f', 'a\\u000ab\\u0009c\\u007f'],
    ['\x9b31m', '\\u009b31m'],
    ['\u202ea\u2066b\u200fc', '\\u202ea\\u2066b\\u200fc'],
    ['\u2028', '\\u2028'],
    ['grüße 💬 👩\u200d🚀', 'grüße 💬 👩\u200d🚀'],
  ])('shows %j as %j', (text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });
});
