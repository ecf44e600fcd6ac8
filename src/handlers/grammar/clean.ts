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

/** Controls and invisible marks, those that turn direction among them; joiners are part of some letters. */
const deceptive = /(?![\u200C\u200D])[\p{Cc}\p{Cf}]/u;
