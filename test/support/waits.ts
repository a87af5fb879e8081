const ENDLESS_MS = 2 ** 31 - 1;

/**
 * Makes every wait in this process of at least `fromMs` milliseconds last forever, until Jest restores its mocks.
 * Whatever the process still does, it does without waiting that long.
 */
export function makeWaitsEndless(fromMs: number): void {
  const { setTimeout: callLater } = globalThis;
  const callLaterOrNever = (callback: () => void, ms = 0) =>
    ms < fromMs ? callLater(callback, ms) : callLater(callback, ENDLESS_MS).unref();
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(callLaterOrNever);
}
