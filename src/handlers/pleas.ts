import type { Clock } from '../core/clock.ts';

/** Who has asked others to ask for what, lately. */
export interface Pleas {
  /** Whether the person may do so now; then it counts. Null when they may, else for how long not, in milliseconds. */
  take(person: string, about: string): number | null;
  /** Takes it back, because nobody was told. */
  forget(person: string, about: string): void;
}

/** One for each person and thing in so many milliseconds, and so many for each person in all. */
const lately = { for: 600_000, most: 5 };

/** Counts them in the memory of this process: what is lost with it is one more message. */
export function createPleas({ monotonic }: Pick<Clock, 'monotonic'>): Pleas {
  let told: { person: string; about: string; at: number }[] = [];
  const isSame = (person: string, about: string) => (one: (typeof told)[number]) =>
    one.person === person && one.about === about;
  return {
    take(person, about) {
      const now = monotonic();
      told = told.filter(({ at }) => now - at < lately.for);
      const own = told.filter((one) => one.person === person);
      const before = own.find(isSame(person, about)) ?? (own.length < lately.most ? null : own[0]);
      if (before) return before.at + lately.for - now;
      told.push({ person, about, at: now });
      return null;
    },
    forget(person, about) {
      told = told.filter((one) => !isSame(person, about)(one));
    },
  };
}
