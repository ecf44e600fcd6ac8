import { GivenUpError, messageOf } from '../core/errors.ts';
import type { Incident } from '../core/incident.ts';
import type {
  DeclaredIncident,
  IncidentChange,
  IncidentTransitioned,
  Unless,
} from '../core/incidents.ts';
import type { Founded } from './declare.ts';
import type { LifeTools } from './life-tools.ts';

type Tools = Pick<LifeTools, 'incidents' | 'newId' | 'log' | 'sleep'>;

/** How often a change is tried whose outcome nobody knows, and the pause before the next try. */
const tries = { most: 4, pause: 250 };
/** So many of the last changes can be found again. */
const kept = 32;

/**
 * Makes the change, and finds out what became of it when the database did not say: the incident carries the id
 * of each of its last changes, so that none is made twice or taken for lost.
 *
 * @returns the incident as it is then; null when somebody else was first.
 * @throws whatever the database throws, when it does so again and again.
 */
export async function commitIncident(
  tools: Tools,
  before: Incident,
  change: Pick<IncidentChange, 'after' | 'audit' | 'messages'>,
): Promise<Incident | null> {
  const id = tools.newId();
  const changes = [...before.changes, id].slice(-kept);
  const whole = { ...change, before, after: { ...change.after, changes } };
  for (let tried = 1; ; tried += 1) {
    try {
      return incidentOf(await tools.incidents.transition(whole));
    } catch (error) {
      tools.log.warn({ incident: before.id, why: messageOf(error) }, unclear);
      const settled = await lookWhatBecameOf(tools, before, id).catch(() => undefined);
      if (settled !== undefined) return settled;
      if (tried === tries.most) throw error;
      await tools.sleep(tries.pause * tried);
    }
  }
}

const unclear = 'The database did not say whether an incident was changed; looking';

const incidentOf = (outcome: IncidentTransitioned): Incident | null =>
  outcome.kind === 'done' ? outcome.incident : null;

/** The incident when the change is there, null when others are instead, undefined when none is yet. */
async function lookWhatBecameOf({ incidents }: Tools, before: Incident, id: string) {
  const found = await incidents.find(before.id);
  if (!found || found.incident.version === before.version) return undefined;
  return found.incident.changes.includes(id) ? found.incident : null;
}

/**
 * Writes a new incident down. Its number is nobody else's, so that it can be looked up when the database did
 * not say whether it is there.
 *
 * @throws {GivenUpError} when the delivery that it came of was given up, and whatever the database throws.
 */
export async function commitDeclared(
  tools: Tools,
  { incident, audit, messages }: Founded,
  origin: string | null,
  unless: Unless | null = null,
): Promise<DeclaredIncident> {
  const whole = { ...incident, changes: [tools.newId()] };
  for (let tried = 1; ; tried += 1) {
    try {
      return await tools.incidents.declare(whole, origin, audit, messages, unless);
    } catch (error) {
      if (error instanceof GivenUpError) throw error;
      tools.log.warn({ incident: incident.id, why: messageOf(error) }, unclear);
      const found = await tools.incidents.find(incident.id).catch(() => null);
      if (found?.incident.changes.some((id) => whole.changes.includes(id))) {
        return { incident: found.incident, fresh: true };
      }
      if (tried === tries.most) throw error;
      await tools.sleep(tries.pause * tried);
    }
  }
}
