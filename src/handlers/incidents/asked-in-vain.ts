import type { Incident } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { mayDo } from '../../permissions/incident-rights.ts';
import type { Asking } from '../command.ts';

/** The least that a long form comes to, as far as it matters for who may do it. */
const least: Readonly<Record<string, IncidentDeed>> = {
  cancel: { kind: 'cancel', reason: 'false-alarm', of: null },
  resolve: {
    kind: 'resolve',
    resolution: {
      ...{ fix: '', cause: 'unknown', causeText: null },
      ...{ customerText: null, withoutWatch: null },
    },
    ...{ started: null, ended: null, followUps: [] },
  },
};

/**
 * Why a form would be filled in for nothing, since only somebody else may do what it asks for; null where it would
 * not. Whether they may is looked at again when it is sent.
 */
export function askedInVain(
  name: string,
  incident: Incident,
  { person, unverified }: Pick<Asking, 'person' | 'unverified'>,
): IncidentRefusal | null {
  const deed = Object.hasOwn(least, name) ? least[name] : undefined;
  if (!deed || unverified !== null) return null;
  const may = mayDo(incident, deed, { id: person.id, holds: person.roles });
  if (may.ok) return null;
  const { id, version } = incident;
  return may.error.kind === 'may-not'
    ? { ...may.error, plea: { id, version, wish: name } }
    : may.error;
}
