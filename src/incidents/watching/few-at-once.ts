/**
 * Does something for each of many, so many at a time, so that whoever else needs the database in between does not wait
 * behind all of them. The work must not throw.
 */
export async function fewAtOnce<T>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const goOn = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, goOn));
}
