import { outdatedSince } from './freshness';

describe('outdatedSince', () => {
  const at = (dataUpdatedAt: number, refreshMs: number | undefined = 1000) => ({ dataUpdatedAt, refreshMs });

  it.each([
    ['three refreshes were missed, but not yet more', [at(10_000)], 13_000, undefined],
    ['more than three refreshes were missed', [at(10_000)], 13_001, 10_000],
    ['one of two parts is old', [at(10_000), at(15_000)], 15_000, 10_000],
    ['both parts are old', [at(11_000), at(10_000)], 15_000, 10_000],
    ['nothing new is expected', [{ dataUpdatedAt: 10_000, refreshMs: undefined }], 10 ** 9, undefined],
    ['it has never been loaded, but has just been opened', [at(0)], 12_000, undefined],
    ['it has never been loaded', [at(0)], 12_001, 0],
    ['it has never been loaded, and nothing new is expected', [{ dataUpdatedAt: 0, refreshMs: undefined }], 189_001, 0],
  ])('when %s', (_name, parts, nowMs, since) => expect(outdatedSince(parts, 9000, nowMs)).toBe(since));
});
