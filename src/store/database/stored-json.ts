/** Text as both databases keep it: a NUL and half a character become the replacement character. */
export const storedText = (text: string): string =>
  text.isWellFormed() && !text.includes('\0') // as it nearly always is
    ? text
    : text.toWellFormed().replaceAll('\0', '\uFFFD');

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

/** Everything that this made, as a whole and each part of it. */
const made = new WeakSet<object>();

/**
 * The value as it comes back from the database: as {@link storedJson} says it. It can be shared, since nobody
 * can change it; so what of it has come from here is not made again.
 */
export const asStored = <T>(value: T): T => stored(value) as T;

function stored(value: unknown): unknown {
  if (typeof value === 'string') return storedText(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (Number.isFinite(value)) return Number(value) + 0; // there is no other zero
  if (typeof value !== 'object') return JSON.parse(JSON.stringify(value) ?? 'null');
  if (made.has(value)) return value;
  const copy = Array.isArray(value) ? value.map(stored) : storedFields(value);
  made.add(Object.freeze(copy));
  return copy;
}

/** Own fields, whatever they are called. */
function storedFields(value: object): object {
  const fields: [string, unknown][] = [];
  for (const [key, field] of Object.entries(value)) {
    if (field !== undefined) fields.push([storedText(key), stored(field)]);
  }
  const isSorted = fields.every(([key], at) => at === 0 || (fields[at - 1]?.[0] ?? '') <= key);
  return Object.fromEntries(isSorted ? fields : fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
