import { redacted, secretPatterns } from './secret-patterns.ts';

export { redacted };

/** Takes secrets out of whatever leaves: messages, files, logs, the audit. */
export interface Redactor {
  /** Replaces what is known to be a secret and what looks like one. Linear in the length of the text. */
  redact(text: string): string;
  /** A copy of plain data with every string in it redacted; anything else comes back as it is. */
  redactAll<T>(value: T): T;
  /**
   * From now on this exact value is a secret too, also where it is quoted, in a URL or in base64; of an
   * address, its password as well.
   */
  register(value: string): void;
}

/** Shorter values are not looked for: they would blank out words that have nothing to do with them. */
const shortest = 6;
/** What one pattern leaves may look like a secret to another. */
const mostPasses = 5;

/** Makes a redactor that knows these values, besides what it can tell by its looks. */
export function createRedactor({ secrets = [] }: { secrets?: Iterable<string> } = {}): Redactor {
  const known = new Set<string>();
  let exact: RegExp | null = null;

  const register = (value: string) => {
    const whole = value.trim();
    for (const secret of [whole, ...passwordsIn(whole)])
      for (const form of formsOf(secret)) known.add(form);
    const longestFirst = [...known].sort((a, b) => b.length - a.length);
    exact = known.size > 0 ? new RegExp(longestFirst.map(literal).join('|'), 'g') : null;
  };
  const pass = (text: string) =>
    secretPatterns.reduce(
      (rest, { pattern, replace }) => rest.replace(pattern, replace),
      exact ? text.replace(exact, redacted) : text,
    );
  const redact = (text: string) => {
    let before = text;
    let after = pass(before);
    for (let passes = 1; after !== before && passes < mostPasses; passes += 1) {
      before = after;
      after = pass(before);
    }
    return after;
  };
  for (const secret of secrets) register(secret);
  return { redact, register, redactAll: (value) => redactValue(value, redact) };
}

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The password of an address, as it is written there and as it is meant: it may stand alone somewhere. */
function passwordsIn(address: string): string[] {
  const password = URL.parse(address)?.password ?? '';
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** The ways a value is written in what leaves. */
function formsOf(value: string): string[] {
  if (!value.isWellFormed()) return [];
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    btoa(String.fromCharCode(...new TextEncoder().encode(value))).replace(/=+$/, ''),
  ];
  return forms.filter((form) => form.length >= shortest && !redacted.includes(form));
}

function redactValue<T>(value: T, redact: (text: string) => string): T;
function redactValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, redactValue(item, redact)]),
  );
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));
