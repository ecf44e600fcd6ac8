/** How rows are gathered into one statement. */
export interface Batching<Row, Outcome> {
  /** Writes rows at once, and says of each, in their order, what became of it. */
  write(rows: readonly Row[]): Promise<readonly Outcome[]>;
  /** At most this many rows go into one batch. */
  size: number;
  /** At most this many batches are under way. */
  lanes: number;
  /** At most this many rows wait; the next is refused at once. */
  waiting: number;
}

interface Waiting<Row, Outcome> {
  row: Row;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/**
 * Group commit: the rows that arrive while a batch is under way leave together in the next. A batch
 * that fails rejects its own rows and no other.
 */
export function gather<Row, Outcome>({ write, size, lanes, waiting }: Batching<Row, Outcome>) {
  const line: Waiting<Row, Outcome>[] = [];
  let underWay = 0;

  const send = async (batch: Waiting<Row, Outcome>[]) => {
    underWay += 1;
    try {
      const outcomes = await write(batch.map(({ row }) => row));
      for (const [at, { resolve }] of batch.entries()) resolve(outcomes[at] as Outcome);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      underWay -= 1;
      pump();
    }
  };
  const pump = () => {
    while (underWay < lanes && line.length > 0) void send(line.splice(0, size));
  };

  return (row: Row): Promise<Outcome> => {
    if (line.length >= waiting) return Promise.reject(new Error(`${waiting} rows wait already`));
    return new Promise((resolve, reject) => {
      line.push({ row, resolve, reject });
      queueMicrotask(pump); // so that what arrives in one turn leaves in one batch
    });
  };
}
