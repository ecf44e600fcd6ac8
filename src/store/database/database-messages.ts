/** What the thread of the embedded database is told to do. Answered in this order, one at a time. */
export interface DatabaseCall {
  id: number;
  /** One statement with parameters, or a script without. */
  kind: 'statement' | 'script';
  text: string;
  values: readonly unknown[];
}

/** What became of a {@link DatabaseCall}. */
export type DatabaseAnswer =
  | { id: number; results: readonly DatabaseResult[] }
  | { id: number; error: DatabaseFault };

/** What one statement answered. */
export interface DatabaseResult {
  rows: unknown[];
  affectedRows?: number;
  /** What was carried out in the end: of a transaction that had failed, `COMMIT` carries out a `ROLLBACK`. */
  command?: string;
}

/** An error as it can leave a thread: of what PostgreSQL says, all but the parameters. */
export interface DatabaseFault {
  message: string;
  code?: string | undefined;
  detail?: string | undefined;
  hint?: string | undefined;
  where?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  constraint?: string | undefined;
}
