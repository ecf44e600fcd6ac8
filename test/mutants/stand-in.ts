/**
 * Stands in for Vitest while mutants are tried: it only notes the tests of a file, so that a thread that has
 * read them once can do them again for every mutant. What a test expects is still said to Vitest's own `expect`.
 */
export { expect } from 'vitest';

type Work = (...given: unknown[]) => unknown;

/** A test that was noted. */
export interface Noted {
  /** The file and the whole name. */
  id: string;
  name: string;
  work(): unknown;
}

/** The tests of each file, in their order, and what is done once all of them are over. */
export const noted = { files: new Map<string, Noted[]>(), afterwards: [] as Work[] };

let tests: Noted[] = [];
let file = '';
let within: readonly string[] = [];

/** The tests that are noted from now on stand in this file. */
export function beginFile(path: string): void {
  file = path;
  tests = [];
  noted.files.set(path, tests);
}

function note(title: string, work: () => unknown): void {
  const name = [...within, title].join(' > ');
  const same = tests.filter((one) => one.name === name || one.name.startsWith(`${name} (`)).length;
  const own = same === 0 ? name : `${name} (${same + 1})`;
  tests.push({ id: `${file}#${own}`, name: own, work });
}

const lastOf = (words: readonly unknown[]): Work => {
  const work = words.findLast((word) => typeof word === 'function');
  if (!work) throw new Error('a test without anything to do');
  return work as Work;
};

/** Vitest’s, as far as the tests of the areas use it. */
export const test = Object.assign(
  (title: string, ...words: unknown[]): void => note(title, lastOf(words)),
  {
    each:
      (rows: readonly unknown[]) =>
      (title: string, ...words: unknown[]): void => {
        for (const [at, row] of rows.entries()) {
          const given = Array.isArray(row) ? row : [row];
          note(`${title} ${at + 1}`, () => lastOf(words)(...given));
        }
      },
  },
);

/** Vitest’s; what is in it is noted at once. */
export function describe(title: string, ...words: unknown[]): void {
  const outside = within;
  within = [...outside, title];
  const later = lastOf(words)();
  within = outside;
  if (later instanceof Promise) throw new Error(`“${title}” would have to be waited for`);
}

/** Done when the thread ends. */
export const afterAll = (work: Work): void => {
  noted.afterwards.push(work);
};
