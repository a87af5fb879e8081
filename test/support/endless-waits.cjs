/**
 * For `node --require`: makes every wait of ten seconds or more last forever. Whatever a process still does, it does
 * without waiting that long.
 */
const timers = require('node:timers/promises');

const FROM_MS = 10_000;
const ENDLESS_MS = 2 ** 31 - 1;

const { setTimeout: callLater } = globalThis;
globalThis.setTimeout = (callback, ms, ...values) => callLater(callback, lengthen(ms), ...values);
const { setTimeout: wait } = timers;
timers.setTimeout = (ms, ...values) => wait(lengthen(ms), ...values);

function lengthen(ms) {
  return ms >= FROM_MS ? ENDLESS_MS : ms;
}
