const tints = 8;

/** The same of eight tints for the same id, always. */
export const tintOf = (id: string): string =>
  `tint-${[...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % tints}`;

/** The first letters of the first two words, a number kept: `O1` for On-call engineer 1. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const number = words.find((word) => /^\d+$/.test(word));
  const second = number ?? words[1]?.[0] ?? words[0]?.[1] ?? '';
  return `${words[0]?.[0] ?? '?'}${second}`.toUpperCase();
}
