import type { Config } from '../config/config.ts';
import type { Action } from '../core/action.ts';
import type { Incident } from '../core/incident.ts';
import type { EvidenceAnswer } from '../core/incident-command.ts';
import type { Directory, Person } from '../core/person.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { type Target, targetName } from '../core/target.ts';
import type { Runs } from '../core/transition.ts';
import { endedUntouched } from '../incidents/run-moments.ts';
import { mayReadIncident } from '../permissions/may-read-incident.ts';
import { refusalText } from '../runs/refusal-text.ts';
import type { Runner } from '../runs/runner.ts';
import { askingRights } from './asking-rights.ts';

/** What it takes to ask for evidence in the name of somebody who may. */
export interface AskingEvidence {
  config: Pick<Config, 'policy' | 'catalogue'>;
  actions: readonly Action[];
  directory: Pick<Directory, 'standing'>;
  requestRun: Runner['request'];
  store: { runs: Pick<Runs, 'findByOrigin'> };
}

/** How old a copy of somebody’s roles may be, in milliseconds. */
const maxAge = 30_000;
const action = 'evidence snapshot';

/**
 * Asks for a copy of what the service of an incident shows, in the name of whoever said that it is about security, or
 * of who leads it, has acknowledged it or declared it: the first of them who may. They have said that they mean it by
 * saying that it is about security; whatever else the policy asks for is waited for, as of any run.
 */
export const askEvidence =
  (tools: AskingEvidence) =>
  async (incident: Incident, origin: string): Promise<EvidenceAnswer> => {
    const { id, target } = incident;
    if (target === null) return { kind: 'refused', why: 'nobody knows of what', again: false };
    const before = await tools.store.runs.findByOrigin(origin);
    if (before && endedUntouched(before)) {
      return { kind: 'ended', run: before.id, why: before.why ?? `it is ${before.state}` };
    }
    if (before) return { kind: 'asked', run: before.id, by: before.requestedBy.id };
    const asking = await whoAsks(tools, incident, target);
    if ('why' in asking) return { kind: 'refused', ...asking };
    const asked = await tools.requestRun({
      ...{ action, target, params: {}, by: asking, askedIn: null, incident: id, origin },
      // What it is about is said nowhere but to those who work on it.
      reason: `${id}: evidence has to be kept`,
      meant: true,
    });
    if (asked.ok) return { kind: 'asked', run: asked.value.id, by: asked.value.requestedBy.id };
    const again = passing.includes(asked.error.kind);
    return { kind: 'refused', why: whyNot(asked.error), again };
  };

/** What is in the way for the moment only. */
const passing: readonly RunRefusal['kind'][] = ['stopped', 'claimed', 'limit', 'not-now'];

function whyNot(refusal: RunRefusal): string {
  switch (refusal.kind) {
    case 'cannot':
      return `${refusal.target} has nothing in which evidence is kept (${refusal.needs.join(', ')})`;
    case 'stopped':
      return `nothing is begun at the moment: ${refusal.why}`;
    case 'claimed':
      return `${refusal.target} is claimed by somebody`;
    default:
      return refusalText(refusal);
  }
}

async function whoAsks(
  { config, actions, directory }: AskingEvidence,
  incident: Incident,
  target: Target,
): Promise<Person | { why: string; again: boolean }> {
  const { evidence, roles, acknowledged, declaredBy } = incident;
  const rights = askingRights({ config, actions });
  const all = [evidence?.by, roles.commander?.by, acknowledged?.by, declaredBy.id];
  let unknown: string | null = null;
  for (const id of new Set(all.filter((one) => one !== undefined))) {
    const standing = await directory.standing(id, declaredBy.team, { maxAge });
    if (standing.kind === 'unverified') unknown = standing.why;
    if (standing.kind !== 'member') continue;
    const { person } = standing;
    const may = rights.may({ action, target, params: {}, askedIn: null }, person);
    if (may && mayReadIncident(incident, { id, holds: person.roles })) return person;
  }
  if (unknown !== null) return { why: unknown, again: true };
  return {
    why: `nobody who works on it may ask for evidence of ${targetName(target)}`,
    again: false,
  };
}
