import type { z } from 'zod';
import { type Incident, isOpen } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { didMessage } from '../../views/incidents/incident-answer.ts';
import { incidentPicker } from '../../views/incidents/incident-picker.ts';
import { incidentRefusalSentence } from '../../views/incidents/incident-refusal.ts';
import { formFailedMessage } from '../../views/instead.ts';
import type { Asking, Command, Declared, Invocation } from '../command.ts';
import { actorIn, doDeed, refuseIncident } from './do-deed.ts';
import { incidentForms, openIncidentForm } from './incident-forms.ts';
import type { IncidentTools } from './incident-tools.ts';
import { seenBy } from './may-see-incident.ts';
import { meantIncident, namedFirst } from './meant-incident.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** What commands about incidents need. */
export type CommandTools = IncidentTools & { now(): number };

/** Under which heading help lists them, and whether they change something. */
export const looking = { group: 'Incidents', changes: false } as const;
/** The same for those that change something. */
export const changing = { group: 'Incidents', changes: true } as const;

/** Finds the incident that is meant and goes on with it; else says that there is none, or asks which. */
export async function withIncident(
  named: string | undefined,
  { typed = '', command }: Pick<Invocation, 'typed' | 'command'>,
  asking: Asks,
  tools: IncidentTools,
  goOn: (incident: Incident) => Promise<void>,
): Promise<void> {
  const meant = await meantIncident(named, asking, tools);
  if (!meant.ok) return refuseIncident(meant.error, asking);
  if (meant.ok !== 'choose') {
    const { id, declaredBy } = meant.value;
    if (declaredBy.team === asking.person.team) return goOn(meant.value);
    return refuseIncident({ kind: 'no-such-incident', id }, asking);
  }
  const open = meant.open.map((one) => seenBy(one, asking.person));
  const page = { typed: typed || command.name, open, changes: command.changes };
  await asking.show(incidentPicker, page);
}

/** What a typed command does to an incident, or which form it opens because something was not said. */
export type TypedDeed =
  | { kind: 'deed'; deed: IncidentDeed; did: string }
  | { kind: 'form'; name: string; extra?: string; filled?: Record<string, string | null> };

/** A command that does one thing to the incident that is meant. */
export const deedCommand = <One extends Declared>(
  declared: One,
  tools: CommandTools,
  read: (params: z.output<One['params']>, incident: Incident, asking: Asking) => TypedDeed,
): Command => ({
  ...declared,
  ...changing,
  async perform(invocation, asking) {
    const { named, params } = await saidWhich(declared, invocation.params as object, asking, tools);
    await withIncident(named, invocation, asking, tools, async (incident) => {
      const wanted = read(params as z.output<One['params']>, incident, asking);
      const tooLate = wanted.kind === 'form' ? outOfPlace(wanted.name, incident) : null;
      if (tooLate) return refuseIncident(tooLate, asking);
      if (wanted.kind === 'form') return openOrSay(wanted, incident, declared, asking, tools);
      await tryDeed(wanted, incident, asking, tools);
    });
  },
});

/** Which incident was named, by the flag or as the first of the words, and what was said without that. */
async function saidWhich(
  declared: Declared,
  params: { incident?: string; words?: unknown },
  asking: Asks,
  tools: IncidentTools,
): Promise<{ named: string | undefined; params: object }> {
  const { incident: named, words } = params;
  if (named !== undefined || !Array.isArray(words)) return { named, params };
  const first = await namedFirst(words, asking, tools);
  const without = first && { ...params, words: first.rest };
  // What has to say something does not do without its only word.
  const isEnough =
    first && (first.rest.length > 0 || declared.params.safeParse({ words: [] }).success);
  return isEnough && without ? { named: first.named, params: without } : { named, params };
}

/** Why a form would ask in vain; null when it would not. */
function outOfPlace(name: string, { id, state, moved }: Incident): IncidentRefusal | null {
  if (name === 'reopen') {
    return isOpen(state) ? { kind: 'already', what: 'open', by: moved.by, at: moved.at } : null;
  }
  if (!isOpen(state)) return { kind: 'over', id, state };
  const isFarther = name === 'cancel' && state !== 'triage' && state !== 'investigating';
  return isFarther ? { kind: 'not-from-here', from: state, to: 'cancelled' } : null;
}

/** Does it; where only a sentence is missing, the form asks for it. */
async function tryDeed(
  { deed, did }: Extract<TypedDeed, { kind: 'deed' }>,
  incident: Incident,
  asking: Asks,
  tools: CommandTools,
): Promise<void> {
  if (!Object.hasOwn(incidentForms, deed.kind))
    return doDeed(incident.id, deed, did, asking, tools);
  const done = await tools.life.do(incident.id, deed, actorIn(asking));
  const askedIn = asking.place?.channel ?? null;
  if (done.ok) return asking.show(didMessage, { did, incident: done.value, askedIn });
  const refusal = done.error;
  if (refusal.kind !== 'needs-reason' && refusal.kind !== 'needs-watch') {
    return refuseIncident(refusal, asking);
  }
  const wanted = {
    name: deed.kind,
    incident,
    extra: 'to' in deed && deed.kind !== 'offer-role' ? String(deed.to) : '',
    filled: filledBy(deed),
    complaint: incidentRefusalSentence(refusal),
  };
  const opening = openIncidentForm(wanted, asking, { ...tools, now: tools.now() });
  await opening.catch(() => refuseIncident(refusal, asking));
}

/** What was typed, as it stands in the form. */
function filledBy(deed: IncidentDeed): Record<string, string | null> {
  switch (deed.kind) {
    case 'update':
      return { ...(deed.known && { known: deed.known }), ...(deed.doing && { doing: deed.doing }) };
    case 'resolve':
      return { fix: deed.resolution.fix };
    case 'escalate':
      return { contact: deed.contact, why: deed.why };
    default:
      return 'reason' in deed && deed.reason !== null ? { reason: deed.reason } : {};
  }
}

async function openOrSay(
  { name, extra = '', filled = {} }: Extract<TypedDeed, { kind: 'form' }>,
  incident: Incident,
  { examples }: Declared,
  asking: Asks,
  tools: CommandTools,
): Promise<void> {
  const wanted = { name, incident, extra, filled };
  try {
    await openIncidentForm(wanted, asking, { ...tools, now: tools.now() });
  } catch {
    await asking.show(formFailedMessage, { typed: examples[0] ?? `incident ${name}` });
  }
}
