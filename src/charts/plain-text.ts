/** Text from anybody on one line, without what a picture or a reader of it could trip over. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** The beginning of a text that is `longest` characters at most, with a sign that it was cut. */
export const clipped = (text: string, longest: number): string => {
  const characters = [...text];
  if (characters.length <= longest) return text;
  return `${characters
    .slice(0, Math.max(longest - 1, 0))
    .join('')
    .trimEnd()}…`;
};
