/** Characters that mean something in a phrase, and noncharacters of Unicode that take their place in its values. */
const MASKS = { '<': '\uFDD0', '{': '\uFDD1', $: '\uFDD2' };

const MEANINGFUL = /[<{$]/g;
const MASKED = /[\uFDD0-\uFDD2]/g;

/** What can turn the direction of the words around it. */
const TURNING = /[\p{Bidi_Control}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const [ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069'];

/**
 * Prepares a value of a phrase: whatever a channel or a conversation is called, its name becomes neither an element nor another value,
 * and the words around it keep their direction.
 */
export function maskValue(value: string): string {
  const masked = value.replace(MEANINGFUL, (character) => MASKS[character as keyof typeof MASKS]);
  return TURNING.test(masked) ? ISOLATE + masked + POP_ISOLATE : masked;
}

/** Puts the characters of the values back into a phrase. */
export function unmask(phrase: string): string {
  return phrase.replace(MASKED, (mask) => Object.entries(MASKS).find(([, own]) => own === mask)![0]);
}

/** Removes the tags of a phrase whose values are still masked, and puts their characters back. */
export function withoutTags(phrase: string): string {
  return unmask(phrase.replace(/<\/?\w+>/g, ''));
}
