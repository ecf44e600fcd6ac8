import type { Asked } from '../desk.ts';
import { leading } from '../grammar/verb.ts';
import { incidentAskedIn, mayChangeIncident } from '../incidents/incident-asked.ts';
import type { Registry } from '../registry.ts';
import { isHome, typedIn } from '../typed.ts';
import { runAskedIn } from './run-asked.ts';

/** Whether what is asked may change something; true when in doubt. */
export function mayChange(asked: Asked, registry: Registry): boolean {
  // Whatever is wrong with a form about a run: it was meant to change something.
  if (asked.kind === 'submission') return true;
  const about = runAskedIn(asked);
  if (about !== null) return about.deed !== 'details';
  const incident = incidentAskedIn(asked);
  if (incident !== null) return mayChangeIncident(incident);
  const typed = typedIn(asked);
  if (typed === null) return !isHome(asked);
  // What cannot be read or names no command is answered with a refusal, and that changes nothing.
  const found = typed.ok ? registry.find(leading(typed.value.items)) : null;
  return found?.command.changes ?? false;
}
