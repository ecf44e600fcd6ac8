import type { KnownBlock, ModalView } from '@slack/types';
import type { Incident } from '../../core/incident.ts';
import { context, section } from '../blocks/blocks.ts';
import { formView } from '../blocks/forms.ts';
import { bold } from '../text/code.ts';
import { writeIncidentHandle } from './incident-handle.ts';
import { incidentTitle, severityWords } from './incident-words.ts';

/** A form about an incident, and what was filled in before when it is shown again. */
export interface IncidentForm {
  incident: Incident;
  /** What of the incident is meant, such as a role or a state; empty when nothing is. */
  extra: string;
  /** By block id; nothing when the form is new. */
  filled: Readonly<Record<string, string | null>>;
  /** Why it was not taken, escaped; null when the form is new. */
  complaint: string | null;
  /** By the desk's clock, in milliseconds since 1970. */
  now: number;
  /** What runs in it or waits for approval, as text. */
  running: readonly string[];
  /** What whoever is called gets to read; only where somebody is called. */
  packet?: readonly string[];
  /** The other open incidents; only where one of them is asked for. */
  others?: readonly Incident[];
}

/** What stands in a field: what was filled in, or else what is suggested. */
export const filledIn = (
  { filled }: Pick<IncidentForm, 'filled'>,
  id: string,
  suggested: string | null = null,
): string | null => (Object.hasOwn(filled, id) ? (filled[id] ?? null) : suggested);

/** The form with its title, its button and what comes back with it: the incident as it was seen. */
export const incidentForm = (
  form: IncidentForm,
  { deed, title, submit }: { deed: string; title: string; submit: string },
  blocks: readonly KnownBlock[],
): ModalView =>
  formView(
    {
      callback: `incident:${deed}`,
      title,
      submit,
      data: writeIncidentHandle(form.incident, form.extra),
    },
    [headOf(form), ...complaintIn(form), ...blocks],
  );

const headOf = ({ incident }: IncidentForm): KnownBlock =>
  section(`${bold(incidentTitle(incident))} · ${severityWords(incident)} · ${incident.state}`);

const complaintIn = ({ complaint }: IncidentForm): KnownBlock[] =>
  complaint === null ? [] : [section(`:warning: ${complaint}`)];

/** Small print between two fields. */
export const remark = (escaped: string): KnownBlock => context(escaped);
