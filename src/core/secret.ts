const inspect = Symbol.for('nodejs.util.inspect.custom');

/** A value that must not be seen: whatever prints, joins or serialises it gets `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the secret is used, and keep what it returns in no variable. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect](): string {
    return '[secret]';
  }
}
