/** A target did not do what it was told. `retryable` is true when trying again may help. */
export class TargetError extends Error {
  readonly retryable: boolean;
  /** Whether it may have changed something; false only when it is certain that nothing was done. */
  readonly happened: boolean;
  /** Whether it is certain that it was begun and has not come to its end: it has failed, and can be taken back. */
  readonly stuck: boolean;

  constructor(
    message: string,
    options: { retryable: boolean; happened?: boolean; stuck?: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = 'TargetError';
    this.retryable = options.retryable;
    this.happened = options.happened ?? true;
    this.stuck = options.stuck ?? false;
  }
}

/** What was asked for was given up before it was written down: who asked is told by somebody else. */
export class GivenUpError extends Error {
  constructor() {
    super('this took too long and was given up: nothing was asked for');
    this.name = 'GivenUpError';
  }
}

/** The sentence of anything that was thrown, for logs and for people. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
