/** What tells one kind of data from another; never shown, so never touched. */
const tags = new Set(['kind', 'health']);

/**
 * The same data with every text redacted. A list of texts is redacted as one text, because a secret may
 * run over several lines of a log.
 */
export function redactAll<T>(data: T, redact: (text: string) => string): T {
  return walk(data, redact) as T;
}

function walk(data: unknown, redact: (text: string) => string): unknown {
  if (typeof data === 'string') return redact(data);
  if (Array.isArray(data)) {
    if (data.length === 0) return data;
    return data.every((one) => typeof one === 'string')
      ? redact(data.join('\n')).split('\n')
      : data.map((one) => walk(one, redact));
  }
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, tags.has(key) ? value : walk(value, redact)]),
  );
}
