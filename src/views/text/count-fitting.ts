/** How many of the pieces, from the first on, have room together; each has a size. */
export function countFitting(sizes: readonly number[], room: number): number {
  let used = 0;
  const end = sizes.findIndex((size) => {
    used += size;
    return used > room;
  });
  return end === -1 ? sizes.length : end;
}
