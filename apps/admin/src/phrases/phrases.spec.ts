import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Trans } from 'react-i18next';
import { withoutTags } from './phrase-values';
import { loadPhrases, MASKED } from './phrases';

const KEY = 'dashboard.channelSilentWithin';
const valuesOf = (channel: string) => ({ channel, duration: '4h', period: 'today', target: '99.5 %' });

describe('a phrase', () => {
  beforeAll(() => loadPhrases('en'));

  describe.each([
    '<b>x</b>',
    '<history>',
    '</history>',
    '<1>one</1>',
    '{{duration}}',
    '{{- duration}}',
    '$t(dashboard.figures)',
    '&lt;i&gt;',
    '$&',
    '__proto__',
  ])('with the name %s', (name) => {
    const sentence = `${name} was silent for 4h today, within your 99.5 % target.`;

    it('has it as it is in a text', () => {
      const values = valuesOf(name);
      expect(i18next.t('downtimes.channel', { channel: name })).toBe(`Channel ${name}`);
      expect(withoutTags(i18next.t(KEY, { ...values, ...MASKED }))).toBe(sentence);
    });

    it('has it as it is between elements', () => {
      const components = { history: createElement('a'), figures: createElement('a') };
      const markup = renderToStaticMarkup(createElement(Trans, { i18nKey: KEY, values: valuesOf(name), components }));
      const escaped = renderToStaticMarkup(createElement('p', null, name)).slice(3, -4);
      expect(markup).toBe(`${escaped} was <a>silent for 4h</a> today, <a>within your 99.5 % target</a>.`);
    });
  });

  it.each(['abc\u202Etxt.exe', 'قناة'])('isolates %s, so that the words around it keep their direction', (name) => {
    expect(i18next.t('downtimes.channel', { channel: name })).toBe(`Channel \u2068${name}\u2069`);
  });
});
