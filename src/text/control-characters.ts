/** C0, DEL and C1, the separators of lines and paragraphs, and what changes the direction of text. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Replaces characters that a terminal would obey by visible escapes such as `\u001b`. Names come from messages, so anybody
 * may have chosen them.
 */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
