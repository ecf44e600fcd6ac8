import type { Incident } from '../../core/incident.ts';
import type { View } from '../../views/blocks/message.ts';
import type { IncidentForm } from '../../views/incidents/incident-form.ts';
import { resolveForm } from '../../views/incidents/incident-resolve-form.ts';
import { reviewForm } from '../../views/incidents/incident-review.ts';
import {
  cancelForm,
  escalateForm,
  handOverForm,
  howLongForm,
  reasonForm,
  severityForm,
} from '../../views/incidents/incident-small-forms.ts';
import { updateForm } from '../../views/incidents/incident-update-form.ts';
import type { Asking } from '../command.ts';
import type { FormValues } from '../desk.ts';
import { readOrSay } from '../read-or-say.ts';
import { askedInVain } from './asked-in-vain.ts';
import { refuseIncident } from './do-deed.ts';
import type { IncidentTools } from './incident-tools.ts';
import { maySeeIncident } from './may-see-incident.ts';
import { openStates } from './open-states.ts';

/** The form of each deed that asks for more. */
export const incidentForms: Readonly<Record<string, (form: IncidentForm) => View>> = {
  update: updateForm,
  resolve: resolveForm,
  escalate: escalateForm,
  'offer-role': handOverForm,
  'set-severity': severityForm,
  cancel: cancelForm,
  move: reasonForm('move'),
  reopen: reasonForm('reopen'),
  'no-change': reasonForm('no-change'),
  'refuse-role': reasonForm('refuse-role'),
  'watch-more': howLongForm('watch-more'),
  snooze: howLongForm('snooze'),
  'write-review': reviewForm,
};

/** Which form is wanted, and what is known for it. */
export interface WantedForm {
  /** What it does, such as `update`. */
  name: string;
  incident: Incident;
  extra: string;
  filled?: FormValues;
  complaint?: string;
}

/**
 * Opens a form of an incident, filled as far as it can be: whoever may not read it, or may not do
 * what it asks for, is told so instead.
 *
 * @throws {Error} when there is no such form, or when Slack takes none.
 */
export async function openIncidentForm(
  { name, incident, extra, filled = {}, complaint }: WantedForm,
  asking: Pick<Asking, 'open' | 'person' | 'show' | 'unverified'>,
  tools: IncidentTools & { now: number },
): Promise<void> {
  const form = incidentForms[name];
  if (form === undefined) throw new Error(`there is no form for ${name}`);
  if (!(await maySeeIncident(incident, asking))) return;
  const vain = askedInVain(name, incident, asking);
  if (vain) return refuseIncident(vain, asking);
  const more = await readOrSay(() => moreFor(name, incident, tools));
  await asking.open(form, {
    incident,
    extra,
    filled,
    complaint: complaint ?? null,
    now: tools.now,
    running: [],
    ...more,
  });
}

async function moreFor(
  name: string,
  incident: Incident,
  { running, packet, life }: IncidentTools,
): Promise<Partial<IncidentForm>> {
  if (name === 'update') return { running: await running(incident) };
  if (name === 'escalate') return { packet: await packet(incident) };
  if (name !== 'cancel') return {};
  const open = await life.list({ states: openStates, limit: 50 });
  return { others: open.filter(({ id, security }) => id !== incident.id && !security) };
}
