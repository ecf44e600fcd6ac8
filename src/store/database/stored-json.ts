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
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(storedJson).join(',')}]`;
  let text = '';
  for (const [key, field] of sortedFields(value)) {
    if (field !== undefined) text += `${text && ','}${quoted(key)}:${storedJson(field)}`;
  }
  return `{${text}}`;
}

/** What nearly every text consists of, and what stands in JSON as it is. */
const plain = /^[ !#-[\]-~]*$/;

const quoted = (text: string): string =>
  plain.test(text) ? `"${text}"` : JSON.stringify(storedText(text));

/** Own fields by their names, whatever they are called. */
function sortedFields(value: object): (readonly [string, unknown])[] {
  const keys = Object.keys(value);
  if (keys.some((key) => storedText(key) !== key)) {
    const fields = Object.entries(value).map(([key, field]) => [storedText(key), field] as const);
    return fields.sort(([a], [b]) => (a < b ? -1 : 1));
  }
  const all = value as Readonly<Record<string, unknown>>;
  return keys.sort().map((key) => [key, all[key]]);
}

/** Leaves a mark on an object that nothing but this can see; a set of all of them is slow to keep. */
class Made extends (function unchanged(value: object) {
  return value;
} as unknown as new (
  value: object,
) => object) {
  #mark = true;
  static has(value: object): boolean {
    return #mark in value;
  }
}

/**
 * The value as it comes back from the database: as {@link storedJson} says it. It can be shared, since nobody
 * can change it; so what of it has come from here is not made again.
 */
export const asStored = <T>(value: T): T => stored(value, false) as T;

/** The outermost is not marked: it is nothing's part, and what has a mark takes ten times as long to copy. */
function stored(value: unknown, isPart = true): unknown {
  if (typeof value === 'string') return storedText(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (Number.isFinite(value)) return Number(value) + 0; // there is no other zero
  if (typeof value !== 'object') return JSON.parse(JSON.stringify(value) ?? 'null');
  if (Made.has(value)) return value;
  const copy = Array.isArray(value) ? value.map((one) => stored(one)) : storedFields(value);
  if (isPart) new Made(copy);
  return Object.freeze(copy);
}

/** Own fields, by their names; a copy of fields that are in order already is made at once. */
function storedFields(value: object): object {
  const copy: Record<string, unknown> = { ...value };
  const keys = Object.keys(copy);
  let last = '';
  for (const key of keys) {
    const isInOrder = copy[key] !== undefined && last <= key && storedText(key) === key;
    if (!isInOrder || key === '__proto__') return sortedOf(value);
    last = key;
  }
  for (const key of keys) {
    const field = copy[key];
    const kept = stored(field);
    if (!Object.is(kept, field)) copy[key] = kept;
  }
  return copy;
}

function sortedOf(value: object): object {
  const copy: Record<string, unknown> = {};
  for (const [key, field] of sortedFields(value)) {
    if (field === undefined) continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { ...own, value: stored(field) });
    else copy[key] = stored(field);
  }
  return copy;
}

const own = { configurable: true, enumerable: true, writable: true };
