/**
 * Why the store cannot be had, in a sentence for people. `final` is true when trying again would
 * not help: somebody has to change something first.
 */
export class StoreError extends Error {
  readonly final: boolean;

  constructor(message: string, options: { final: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'StoreError';
    this.final = options.final;
  }
}

/** Another process works on the same data folder. Two on one folder would lose rows silently. */
export class StoreBusy extends StoreError {
  constructor(folder: string) {
    super(
      `The data folder ${folder} is in use by another Gatehouse. Nothing was changed. ` +
        'Stop that one, give this one its own folder with GATEHOUSE_DATA, ' +
        'or let both use one PostgreSQL with DATABASE_URL.',
      { final: true },
    );
    this.name = 'StoreBusy';
  }
}
