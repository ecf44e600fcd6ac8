import { clip } from './clip.ts';
import { line, verbatim } from './escape.ts';

/** Text from anywhere as inline code: shown as it is, and formatted as nothing. */
export const code = (text: string, limit = 300): string => {
  const safe = clip(line(text).replaceAll('`', '\u02CB'), limit);
  return safe === '' ? '–' : `\`${safe}\``;
};

/** Text from anywhere in bold; as code when it holds characters that formatting is made of. */
export const bold = (text: string, limit = 150): string =>
  /[*_~`]/.test(text) || line(text) === '' ? code(text, limit) : `*${clip(line(text), limit)}*`;

/** Lines that were made {@link verbatim} and cut to size, as a block of code. */
export const codeBlock = (lines: readonly string[]): string =>
  `\`\`\`\n${lines.join('\n')}\n\`\`\``;

/** A line of a log, safe in a block of code and at most `limit` long. */
export const logLine = (text: string, limit: number): string =>
  clip(verbatim(text).replaceAll('\n', ' '), limit);
