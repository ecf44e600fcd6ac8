import type { Sample } from '../../core/incidents.ts';

/** Whether everything was as it should be. */
export const isGood = ({ health }: Sample): boolean => health === 'up';

/** Whether something was seen not to work: what could not be looked at is neither good nor red. */
export const isRed = ({ health }: Sample): boolean => health === 'down' || health === 'degraded';

/** So many red ones among the last few end the watch. */
export const reds = { most: 2, among: 5 };

/** Whether the checks have turned red again: two of the last five, none of them from before the watch. */
export function isRedAgain(samples: readonly Sample[], from: number): boolean {
  const during = samples.filter(({ at }) => at >= from).toSorted((a, b) => a.at - b.at);
  return during.slice(-reds.among).filter(isRed).length >= reds.most;
}
