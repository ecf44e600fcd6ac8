/**
 * What `work` resolves to, if it does so within `ms`; else throws what `late` makes. `work` is handed
 * a way to see that nobody waits for it any more.
 */
export async function within<T>(
  ms: number,
  work: (over: () => boolean) => Promise<T>,
  late: () => Error,
): Promise<T> {
  const { promise: lateness, reject } = Promise.withResolvers<never>();
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    reject(late());
  }, ms);
  try {
    return await Promise.race([work(() => over), lateness]);
  } finally {
    clearTimeout(timer);
  }
}
