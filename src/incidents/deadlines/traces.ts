import type { Deadline, Incident } from '../../core/incident.ts';

/** When what everybody could read is looked for; also of what is over by then, since it is read all the same. */
export function tracesDeadline({ security, traces }: Incident): Deadline | null {
  if (!security || traces?.state !== 'wanted') return null;
  return { kind: 'traces', at: traces.at, step: traces.tries };
}
