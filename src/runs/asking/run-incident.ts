import type { ApprovalSet } from '../../core/approval.ts';
import { messageOf } from '../../core/errors.ts';
import type { Person } from '../../core/person.ts';
import { err, ok } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { targetName } from '../../core/target.ts';
import { gravityFor } from '../../permissions/break-glass.ts';
import { whyNoIncident } from '../../permissions/incident-for-run.ts';
import { mayReadIncident } from '../../permissions/may-read-incident.ts';
import { refusalText } from '../refusal-text.ts';
import type { RunTools } from '../run-tools.ts';

type About = Pick<Run, 'target' | 'incident'>;

type NoIncidentRefusal = Extract<RunRefusal, { kind: 'no-incident' }>;

/**
 * Why nothing becomes part of the incident that is named, if any: nobody knows it. For whoever may not read what one
 * about security is about, there is none. Null when nothing stands against it.
 */
export async function namesNoIncident(
  tools: Pick<RunTools, 'incidentOf'>,
  { target, incident, by }: About & { by: Pick<Person, 'id' | 'roles'> },
): Promise<NoIncidentRefusal | null> {
  if (incident === undefined) return null;
  const found = await lookUp(tools, incident, targetName(target));
  if (!found.ok) return found.error;
  const reader = { id: by.id, holds: by.roles };
  if (found.value !== null && mayReadIncident(found.value, reader)) return null;
  return {
    kind: 'no-incident',
    target: targetName(target),
    no: { why: 'unknown', id: incident },
  };
}

/**
 * Why there is no open incident about the target that the run is part of, as grave as its approval wants it; null
 * when there is. What cannot be read is a no.
 */
export async function lacksOpenIncident(
  tools: Pick<RunTools, 'incidentOf'>,
  { target, incident }: About,
  approval: Pick<ApprovalSet, 'breakGlass'> = {},
): Promise<NoIncidentRefusal | null> {
  const found =
    incident === undefined ? ok(null) : await lookUp(tools, incident, targetName(target));
  if (!found.ok) return found.error;
  const no = whyNoIncident(target, incident, found.value, gravityFor(approval));
  return no && { kind: 'no-incident', target: targetName(target), no };
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
  const refusal = await lacksOpenIncident(tools, run, run.approval);
  if (refusal === null) return null;
  const kind = refusal.no.why === 'unread' ? 'not-now' : 'never';
  return { kind, why: refusalText(refusal) };
}

async function lookUp({ incidentOf }: Pick<RunTools, 'incidentOf'>, id: string, target: string) {
  try {
    return ok(incidentOf ? await incidentOf(id) : null);
  } catch (error) {
    const no = { why: 'unread', cause: messageOf(error) } as const;
    return err({ kind: 'no-incident', target, no } as const);
  }
}
