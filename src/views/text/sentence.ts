/** Text for people as a whole sentence: a capital letter first unless a name stands there, and one full stop last. */
export const sentence = (text: string): string => {
  const trimmed = text.trim().replace(/\.{2,}$/, '.');
  const begun = trimmed.replace(/^[a-z]+(?=[\s,;:’'.]|$)/, capitalised);
  return begun === '' || /[.!?…]$/.test(begun) ? begun : `${begun}.`;
};

const capitalised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
