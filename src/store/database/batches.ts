/** How rows are gathered into one statement. */
export interface Batching<Row, Outcome> {
  /** Writes rows at once, and says of each, in their order, what became of it. */
  write(rows: readonly Row[]): Promise<readonly Outcome[]>;
  /** At most this many rows go into one batch. */
  size: number;
  /** At most this many batches are under way. */
  lanes: number;
  /** For so long a batch that is under way makes the next one wait and grow, in milliseconds. */
  slow: number;
  /** At most this many rows wait; the next is refused at once. */
  waiting: number;
}

interface Waiting<Row, Outcome> {
  row: Row;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/**
 * Group commit: the rows that arrive while a batch is under way leave together in the next. Another
 * lane is taken when a whole batch waits, or when the one under way is slow: what a batch costs is
 * nearly the same however many rows are in it. A batch that fails rejects its own rows and no other.
 */
export function gather<Row, Outcome>(batching: Batching<Row, Outcome>) {
  const { write, size, lanes, slow, waiting } = batching;
  const line: Waiting<Row, Outcome>[] = [];
  let underWay = 0;
  let late = 0;
  let pumping = false;

  const send = async (batch: Waiting<Row, Outcome>[]) => {
    underWay += 1;
    let isLate = 0;
    const timer = setTimeout(() => {
      late += isLate = 1;
      pump();
    }, slow);
    try {
      const outcomes = await write(batch.map(({ row }) => row));
      for (const [at, { resolve }] of batch.entries()) resolve(outcomes[at] as Outcome);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      clearTimeout(timer);
      underWay -= 1;
      late -= isLate;
      pump();
    }
  };
  const isTime = () =>
    underWay < lanes && line.length > 0 && (underWay === late || line.length >= size);
  const pump = () => {
    pumping = false;
    while (isTime()) void send(line.splice(0, size));
  };

  return (row: Row): Promise<Outcome> => {
    if (line.length >= waiting) return Promise.reject(new Error(`${waiting} rows wait already`));
    return new Promise((resolve, reject) => {
      line.push({ row, resolve, reject });
      if (pumping) return;
      pumping = true;
      setImmediate(pump); // so that everything that has arrived by now leaves in one batch
    });
  };
}
