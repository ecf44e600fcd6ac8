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

const deceptive =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;

/** Escaped text that stays on one line. */
export const line = (text: string): string =>
  escapeText(text)
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim();

/** Escaped text without a backtick, so that it cannot leave its code span or block. */
export const verbatim = (text: string): string => escapeText(text).replaceAll('`', '\u02CB');
