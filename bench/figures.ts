/** The middle of several figures. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) throw new Error('no figures');
  return sorted.length % 2 === 0 && low !== undefined ? (low + high) / 2 : high;
}

/** The figure that `share` (0–1) of all figures do not exceed. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const figure = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  if (figure === undefined) throw new Error('no figures');
  return figure;
}

/** Median, and the lowest and highest in brackets. */
export const spread = (figures: readonly number[], unit: string): string =>
  `${short(median(figures))} ${unit} (${short(Math.min(...figures))}–${short(Math.max(...figures))})`;

/** A figure with three digits that count. */
export const short = (figure: number): string =>
  figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3);
