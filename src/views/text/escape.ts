/**
 * Text from people or targets, made safe for any text of a message: the three characters that Slack
 * reads as markup become entities, terminal colours go, and characters that hide or turn text around
 * become U+FFFD. Escape before cutting, never after.
 */
export const escapeText = (text: string): string =>
  visible(text).replace(/[&<>]/g, (character) => entities[character] ?? character);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const visible = (text: string): string =>
  text.toWellFormed().replace(/\r\n?/g, '\n').replace(colours, '').replace(deceptive, '\uFFFD');

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escape sequences start with one
const colours = /\u001B\[[0-9;:?]*[A-Za-z]/g;

/** Controls and invisible marks but for blanks and those that are part of letters. */
const deceptive = /(?![\n\t\u00AD\u200B-\u200D\u2060\uFEFF])[\p{Cc}\p{Cf}]/gu;

/** Escaped text that stays on one line. */
export const line = (text: string): string =>
  escapeText(text)
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim();

/** Escaped text without a backtick, so that it cannot leave its code span or block. */
export const verbatim = (text: string): string => escapeText(text).replaceAll('`', '\u02CB');
