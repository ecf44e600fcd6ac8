/** The state of something that was looked at; `unknown` when it did not answer in time or could not be asked. */
export const healths = ['up', 'degraded', 'down', 'unknown'] as const;

/** One of {@link healths}. */
export type Health = (typeof healths)[number];

const badness: readonly Health[] = ['up', 'unknown', 'degraded', 'down'];

/** The worst of several states; `unknown` when there are none. */
export function worst(states: readonly Health[]): Health {
  if (states.length === 0) return 'unknown';
  return states.reduce((a, b) => (badness.indexOf(b) > badness.indexOf(a) ? b : a));
}
