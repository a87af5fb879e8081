import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A size of type, or a space, that is written as a length. The scale of the whole page is one, on `:root`. */
const LENGTH = /^\s*(font-size|(?:--stack-)?gap|(?:row|column)-gap|padding[\w-]*|margin[\w-]*):.*\d(px|r?em|pt|%)/;
const ROOT = /:root[^{}]*\{[^{}]*\}/g;

describe('the style sheets of the page', () => {
  const sheets = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));

  it.each(sheets)('%s takes sizes of type and spaces from the theme', (name) => {
    const text = readFileSync(join(__dirname, name), 'utf8').replace(ROOT, '');
    expect(text.split('\n').filter((line) => LENGTH.test(line))).toEqual([]);
  });
});
