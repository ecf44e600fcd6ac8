/** Text as both databases keep it: a NUL and half a character become the replacement character. */
export const storedText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/**
 * The one text of a value, with sorted keys, whatever order it was built in: what is stored and
 * hashed. What JSON cannot say is left out or null, as `JSON.stringify` does.
 */
export function storedJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(storedText(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(storedJson).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => [storedText(key), field] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${storedJson(field)}`).join(',')}}`;
}

/** What this made. */
const made = new WeakSet<object>();

/** The value as it comes back from the database. It can be shared, since nobody can change it. */
export function asStored<T>(value: T): T {
  if (typeof value === 'object' && value !== null && made.has(value)) return value;
  const stored = frozen(JSON.parse(storedJson(value)));
  if (typeof stored === 'object' && stored !== null) made.add(stored);
  return stored;
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
