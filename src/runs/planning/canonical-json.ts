/**
 * One text for each value: keys sorted, no blanks, nothing undefined. Takes any plain data; what JSON
 * cannot say (a function, NaN, a cycle) is a fault of the caller.
 *
 * @throws {TypeError} for such a value.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
    return `{${entries.join(',')}}`;
  }
  const plain =
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'string' ||
    Number.isFinite(value);
  if (!plain) throw new TypeError(`A ${typeof value} is no plain data and cannot be hashed.`);
  return JSON.stringify(value);
}
