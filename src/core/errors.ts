/** A target did not do what it was told. `retryable` is true when trying again may help. */
export class TargetError extends Error {
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'TargetError';
    this.retryable = options.retryable;
  }
}

/** The sentence of anything that was thrown, for logs and for people. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
