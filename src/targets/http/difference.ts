/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { [key: string]: Json };

const longest = 60;

/**
 * The first place where `actual` does not contain `expected`, such as
 * `status is "degraded", expected "healthy"`; null when it contains all of it. Objects may hold
 * more than is expected, lists may not.
 */
export function difference(actual: unknown, expected: Json, path = 'the body'): string | null {
  if (expected === null || typeof expected !== 'object') {
    return actual === expected ? null : unlike(actual, expected, path);
  }
  const sameKind = Array.isArray(actual) === Array.isArray(expected);
  if (actual === null || typeof actual !== 'object' || !sameKind) {
    return unlike(actual, expected, path);
  }
  if (Array.isArray(expected) && (actual as unknown[]).length !== expected.length) {
    return unlike(actual, expected, path);
  }
  return insideOf(actual, expected as Record<string, Json>, path);
}

function insideOf(
  actual: object,
  expected: Readonly<Record<string, Json>>,
  path: string,
): string | null {
  for (const [key, wanted] of Object.entries(expected)) {
    const below = path === 'the body' ? key : `${path}.${key}`;
    const found = Object.hasOwn(actual, key) ? actual[key as keyof typeof actual] : undefined;
    const unlikeness = difference(found, wanted, below);
    if (unlikeness !== null) return unlikeness;
  }
  return null;
}

const unlike = (actual: unknown, expected: Json, path: string): string =>
  actual === undefined
    ? `${path} is missing, expected ${show(expected)}`
    : `${path} is ${show(actual)}, expected ${show(expected)}`;

const show = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
};
