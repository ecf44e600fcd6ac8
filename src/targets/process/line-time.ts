const keys = ['time', 'timestamp', 'ts', '@timestamp'];

/** `2026-11-21T10:30:00.123Z`, with a space for the T or a comma for the dot, bare or in square brackets. */
const leading =
  /^\[?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?(?=[\]\s:,|]|$)/;

/** Seconds or milliseconds since 1970. */
const leadingEpoch = /^\[?(\d{10}(?:\.\d+)?|\d{13})(?=[\]\s:,|]|$)/;

/**
 * When a line of a log was written, in milliseconds since 1970; null when the line does not say.
 * A time without a zone is taken for UTC.
 */
export const timeOf = (line: string): number | null =>
  line.startsWith('{') ? timeOfJson(line) : timeAtStart(line);

function timeOfJson(line: string): number | null {
  const fields = parseObject(line);
  for (const key of keys) {
    const value = fields[key];
    const time = typeof value === 'number' ? milliseconds(value) : timeAtStart(String(value));
    if (time !== null) return time;
  }
  return null;
}

function parseObject(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

function timeAtStart(text: string): number | null {
  const [, day, time, fraction = '0', zone = 'Z'] = leading.exec(text) ?? [];
  if (day) {
    const parsed = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
    return Number.isNaN(parsed) ? null : parsed;
  }
  const [, epoch] = leadingEpoch.exec(text) ?? [];
  return epoch ? milliseconds(Number(epoch)) : null;
}

/** Seconds stay below 1e11 until the year 5138. */
const milliseconds = (epoch: number): number | null =>
  Number.isFinite(epoch) ? Math.trunc(epoch < 1e11 ? epoch * 1000 : epoch) : null;
