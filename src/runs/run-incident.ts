import { messageOf } from '../core/errors.ts';
import type { Person } from '../core/person.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Run } from '../core/run.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { targetName } from '../core/target.ts';
import { whyNoIncident } from '../permissions/incident-for-run.ts';
import { mayReadIncident } from '../permissions/may-read-incident.ts';
import { refusalText } from './refusal-text.ts';
import type { RunTools } from './run-tools.ts';

type About = Pick<Run, 'target' | 'incident'>;

/**
 * Whether a named incident exists: nothing becomes part of one that nobody knows. For whoever may not read what one
 * about security is about, there is none: nothing of theirs becomes part of it.
 */
export async function namesAnIncident(
  tools: Pick<RunTools, 'incidentOf'>,
  { target, incident, by }: About & { by: Pick<Person, 'id' | 'roles'> },
): Promise<Result<true, RunRefusal>> {
  if (incident === undefined) return ok(true);
  const found = await lookUp(tools, incident, targetName(target));
  if (!found.ok) return found;
  const reader = { id: by.id, holds: by.roles };
  if (found.value !== null && mayReadIncident(found.value, reader)) return ok(true);
  return err({
    kind: 'no-incident',
    target: targetName(target),
    no: { why: 'unknown', id: incident },
  });
}

/** Whether there is an open incident about the target, of which the run is part. What cannot be read is a no. */
export async function hasIncident(
  tools: Pick<RunTools, 'incidentOf'>,
  { target, incident }: About,
): Promise<Result<true, RunRefusal>> {
  const found =
    incident === undefined ? ok(null) : await lookUp(tools, incident, targetName(target));
  if (!found.ok) return found;
  const no = whyNoIncident(target, incident, found.value);
  return no === null ? ok(true) : err({ kind: 'no-incident', target: targetName(target), no });
}

/**
 * Why a run may not begin for want of an incident that its approval asks for: not for the moment, or never any
 * more. Null when it may.
 */
export async function lacksIncident(
  tools: Pick<RunTools, 'incidentOf'>,
  run: Run,
): Promise<{ kind: 'not-now' | 'never'; why: string } | null> {
  if (run.approval?.incident === undefined) return null;
  const has = await hasIncident(tools, run);
  if (has.ok) return null;
  const { error } = has;
  const unread = error.kind !== 'no-incident' || error.no.why === 'unread';
  return { kind: unread ? 'not-now' : 'never', why: refusalText(error) };
}

async function lookUp({ incidentOf }: Pick<RunTools, 'incidentOf'>, id: string, target: string) {
  try {
    return ok(incidentOf ? await incidentOf(id) : null);
  } catch (error) {
    const no = { why: 'unread', cause: messageOf(error) } as const;
    return err({ kind: 'no-incident', target, no } as const);
  }
}
