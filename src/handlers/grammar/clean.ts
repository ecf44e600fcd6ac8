import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';

/** The longest command that is read, in UTF-16 units; whatever a person types is far shorter. */
export const longestCommand = 2_000;

/**
 * The text with one kind of blank and without characters that have no width. Refuses what is too long
 * and what makes text look like other text: control characters and those that turn its direction.
 */
export function clean(text: string): Result<string, Refusal> {
  if (text.length > longestCommand) {
    return err({ kind: 'too-long', length: text.length, limit: longestCommand });
  }
  const even = text.toWellFormed().replace(blanks, ' ').replace(widthless, '');
  const hidden = deceptive.exec(even)?.[0].codePointAt(0);
  if (hidden === undefined) return ok(even);
  return err({
    kind: 'hidden-character',
    code: `U+${hidden.toString(16).toUpperCase().padStart(4, '0')}`,
  });
}

const blanks = /[\s\u0085]/g;
const widthless = /[\u00AD\u180E\u200B\u2060]/g;

/** Controls, marks and overrides of direction, interlinear annotation, and the invisible tags. */
const deceptive =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
  /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;
