/** Does something so many milliseconds from now, unless the function that it returns is called before. */
export type After = (ms: number, work: () => void) => () => void;

/** Real time passes; nothing that waits keeps the process alive. */
export const afterRealTime: After = (ms, work) => {
  const timer = setTimeout(work, Math.min(ms, 2_000_000_000));
  timer.unref();
  return () => clearTimeout(timer);
};
