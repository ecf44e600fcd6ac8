import { z } from 'zod';
import { impacts } from '../../core/incident.ts';
import { severities } from '../../core/severity.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { Declaration } from '../../incidents/incident-life.ts';
import { declaredMessage } from '../../views/incidents/incident-answer.ts';
import { declareForm } from '../../views/incidents/incident-declare-form.ts';
import { duplicateMessage } from '../../views/incidents/incident-duplicate.ts';
import { incidentRefusalSentence } from '../../views/incidents/incident-refusal.ts';
import { formFailedMessage } from '../../views/instead.ts';
import type { Asking } from '../command.ts';
import type { FormValues } from '../desk.ts';
import { readOrSay } from '../read-or-say.ts';
import { refuseIncident } from './do-deed.ts';
import type { IncidentAsked } from './incident-asked.ts';
import type { IncidentTools } from './incident-tools.ts';
import { openStates } from './open-states.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** Who declares it, with what they hold: by that it is known which others they may know of. */
export const declarerIn = ({ person }: Pick<Asks, 'person'>): Declaration['by'] => ({
  id: person.id,
  team: person.team,
  holds: person.roles,
});

/** What an incident is probably about, and what was filled in before. */
export interface WantedDeclaration {
  target: Target | null;
  filled?: FormValues;
  complaint?: string;
  /** Whether another one is wanted all the same. */
  another?: boolean;
}

/**
 * Opens the form that declares an incident; only its title has to be filled in.
 *
 * @throws {Error} when Slack takes no form.
 */
export async function openDeclareForm(
  { target, filled = {}, complaint, another = false }: WantedDeclaration,
  { open, place, setting }: Pick<Asks, 'open' | 'place' | 'setting'>,
  { life, rulesFor }: Pick<IncidentTools, 'life' | 'rulesFor'>,
): Promise<void> {
  const incidents = await readOrSay(() => life.list({ states: openStates, limit: 20 }));
  await open(declareForm, {
    targets: targetsIn(setting.catalogue).map(targetName),
    target: target && targetName(target),
    rules: rulesFor(target),
    open: incidents,
    askedIn: place?.channel ?? null,
    filled,
    another,
    complaint: complaint ?? null,
  });
}

/** Every target, those that people depend on first. */
function targetsIn({ services }: Asks['setting']['catalogue']): Target[] {
  const all = services.flatMap(({ name, environments }) =>
    environments.map((env) => ({ service: name, env: env.name, production: env.production })),
  );
  return all.toSorted((a, b) => Number(b.production) - Number(a.production));
}

/** Opens the form for a button that declares an incident, or declares what was filled in. */
export async function takeDeclaration(
  asked: IncidentAsked,
  asking: Asks,
  tools: IncidentTools,
): Promise<void> {
  if (asked.values !== null) return declareFrom(asked.carried, asked.values, asking, tools);
  try {
    await openDeclareForm({ target: targetIn(asked.carried, asking) }, asking, tools);
  } catch {
    await asking.show(formFailedMessage, { typed: 'incident start sev1 WHAT IS WRONG' });
  }
}

/** A target of the catalogue by its name; null when there is none of that name. */
const targetIn = (name: string | null, { setting }: Pick<Asks, 'setting'>): Target | null =>
  targetsIn(setting.catalogue).find((one) => targetName(one) === name) ?? null;

const carried = z.object({
  askedIn: z.string().max(30).nullable(),
  another: z.boolean().default(false),
});

/** The channel in which the form was opened, null when it does not say, and whether another one is wanted anyway. */
function carriedIn(data: string): z.output<typeof carried> {
  try {
    return carried.parse(JSON.parse(data));
  } catch {
    return { askedIn: null, another: false };
  }
}

async function declareFrom(
  data: string,
  values: FormValues,
  asking: Asks,
  tools: IncidentTools,
): Promise<void> {
  const said = (field: string): string | null => values[field]?.trim() || null;
  const target = targetIn(said('target'), asking);
  const title = said('title');
  if (title === null) {
    const complaint = 'Say in a few words what is wrong; nothing was declared yet.';
    return openDeclareForm({ target, filled: values, complaint }, asking, tools);
  }
  const hit = said('impact')?.split(',') ?? [];
  const declared = await tools.life.declare({
    title,
    severity: severities.find((one) => String(one) === said('severity')) ?? null,
    security: said('security') === 'yes',
    target,
    impact: impacts.filter((one) => hit.includes(one)),
    seen: said('seen'),
    page: said('page') === 'yes',
    by: declarerIn(asking),
    ...carriedIn(data),
    origin: asking.origin,
  });
  if (declared.ok) return asking.show(declaredMessage, declared.value);
  const refusal = declared.error;
  const complaint = incidentRefusalSentence(refusal);
  if (refusal.kind === 'duplicate') {
    await asking.show(duplicateMessage, { refusal, anyway: null });
    const again = `${complaint} Sending this once more declares another one anyway.`;
    const form = { target, filled: values, complaint: again, another: true };
    return openDeclareForm(form, asking, tools).catch(() => {}); // the message says what to type
  }
  await openDeclareForm({ target, filled: values, complaint }, asking, tools).catch(() =>
    refuseIncident(declared.error, asking),
  );
}
