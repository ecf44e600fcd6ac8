/** Text from anybody on one line, without what a picture or a reader of it could trip over. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();

/** The beginning of a text that is `longest` characters at most (as JavaScript counts), with a sign that it was cut. */
export const clipped = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  const kept = text.slice(0, Math.max(longest - 1, 0)).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.trimEnd()}…`;
};
