/** A target did not do what it was told. `retryable` is true when trying again may help. */
export class TargetError extends Error {
  readonly retryable: boolean;
  /** Whether it may have changed something; false only when it is certain that nothing was done. */
  readonly happened: boolean;

  constructor(
    message: string,
    options: { retryable: boolean; happened?: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'TargetError';
    this.retryable = options.retryable;
    this.happened = options.happened ?? true;
  }
}

/** The sentence of anything that was thrown, for logs and for people. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
