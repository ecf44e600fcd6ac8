/** What stands at a key path: a type where it is a leaf, else null. */
export type Paths = ReadonlyMap<string, string | null>;

/**
 * All key paths of a JSON value: `view.state`, `actions[].text.type`. The items of a list count as
 * one. Null counts as a leaf of type `null`.
 */
export function pathsOf(value: unknown, at = ''): [string, string | null][] {
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => pathsOf(item, `${at}[]`));
    return at === '' ? items : [[at, null], ...items];
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.entries(value).flatMap(([key, held]) =>
      pathsOf(held, at === '' ? key : `${at}.${key}`),
    );
    return at === '' || at.endsWith('[]') ? keys : [[at, null], ...keys];
  }
  return [[at, typeOf(value)]];
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (typeof value === 'number') return 'int';
  return typeof value === 'boolean' ? 'bool' : 'str';
};

/** The other way round: a line of the generated files. */
export const readPaths = (line: string): Paths =>
  new Map(
    line.split(' ').map((word) => {
      const [path = '', type = null] = word.split(':');
      return [path, type];
    }),
  );
