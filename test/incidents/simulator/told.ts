import type { Stage, StagedStore } from './stage.ts';

/** What a database names as it likes: its own ids, and what follows from them. */
const own = ['id', 'hash', 'seals', 'unsealed'];

/** Writes down everything that the store of a stage was asked and has answered, in the order of asking. */
export const telling =
  (stage: Stage, told: string[]): Stage =>
  (time) =>
    Object.fromEntries(
      Object.entries(stage(time)).map(([name, port]) => [name, toldOf(name, port, told)]),
    ) as unknown as StagedStore;

function toldOf(name: string, port: object, told: string[]): object {
  const isIncident = name === 'incidents';
  const tell =
    (call: string, work: (...given: unknown[]) => unknown) =>
    (...given: unknown[]): unknown => {
      const aside: unknown[] = [];
      const answer = work(...given.map((one) => overheard(one, aside)));
      if (!(answer instanceof Promise)) return answer;
      const at = told.push('') - 1;
      const asked = `${name}.${call} ${inWords(call === 'report' ? given.slice(1) : given)}`;
      const hear = (what: string) => {
        told[at] = `${asked}: ${what}${aside.length > 0 ? `, ${inWords(aside)}` : ''}`;
      };
      answer.then(
        (said) => hear(inWords(said, isIncident)),
        (error: unknown) => hear(String(error)),
      );
      return answer;
    };
  return Object.fromEntries(
    Object.entries(port).map(([call, work]) => [
      call,
      typeof work === 'function' ? tell(call, work) : work,
    ]),
  );
}

/** What a store says to whoever listens is part of its answer. */
const overheard = (given: unknown, aside: unknown[]): unknown =>
  typeof given !== 'function'
    ? given
    : (...said: unknown[]) => {
        aside.push(...said);
        return given(...said);
      };

/** The text of a value, whatever order its fields are in, without what a database names as it likes. */
export const inWords = (value: unknown, keepsIds = false): string =>
  JSON.stringify(value ?? null, (key, part: unknown) => {
    if (own.includes(key) && !keepsIds) return undefined;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
