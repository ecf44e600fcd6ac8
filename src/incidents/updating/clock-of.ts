import type { Incident } from '../../core/incident.ts';
import type { Rung, SeverityClock } from '../../core/incident-rules.ts';

/** Everything that a clock depends on. */
export type Clocked = Pick<Incident, 'severity' | 'security' | 'rules'>;

/**
 * The promises that count: those of its severity; while it is about security those of a SEV1, with its pace,
 * and whoever answers for security is called as well.
 */
export function clockOf({ severity, security, rules }: Clocked): SeverityClock {
  if (!security) return rules.clock[severity];
  const first = rules.clock[1];
  const { unacknowledged, unresolved, watch, updateEvery } = rules.security;
  return {
    ...first,
    updateEvery,
    workingHours: false,
    unacknowledged: inOrder([...unacknowledged, ...first.unacknowledged]),
    unresolved: inOrder([...unresolved, ...rules.clock[severity].unresolved]),
    watch,
    watchAfterRelease: Math.max(watch, first.watchAfterRelease),
  };
}

/** Whether it is one for which nothing may be turned off. */
export const isGrave = ({ severity, security }: Pick<Clocked, 'severity' | 'security'>): boolean =>
  severity <= 2 || security;

const inOrder = (rungs: readonly Rung[]): Rung[] => rungs.toSorted((a, b) => a.after - b.after);
