import type { Incident } from '../../core/incident.ts';
import { targetName } from '../../core/target.ts';
import { pageMessage } from '../../views/incidents/incident-answer.ts';
import { formFailedMessage } from '../../views/instead.ts';
import type { Asking } from '../command.ts';
import type { IncidentAsked } from './incident-asked.ts';
import type { IncidentTools } from './incident-tools.ts';
import { maySeeIncident } from './may-see-incident.ts';
import { showReview } from './show-review.ts';

/** What a button of an incident does that changes no incident by itself. */
export type IncidentAside = (
  incident: Incident,
  asking: Omit<Asking, 'catalogue'>,
  tools: IncidentTools,
  asked: IncidentAsked,
) => Promise<void>;

/**
 * Asks for a copy of the evidence about the target, as a run like any other. Approvers read why in a channel of
 * their own, where nothing stands of what is about security.
 */
const evidence: IncidentAside = async (incident, asking) => {
  if (!(await maySeeIncident(incident, asking))) return;
  const { id, target, title, security } = incident;
  const command = asking.setting.registry.find(['evidence'])?.command;
  if (!command?.ask) return asking.refuse({ kind: 'unknown-button' });
  const flags = new Map([
    ['reason', `${id}: ${security ? 'evidence has to be kept' : title}`],
    ['incident', id],
  ]);
  const given = { target: target && targetName(target), flags, words: [] };
  try {
    await command.ask(given, null, asking);
  } catch {
    await asking.show(formFailedMessage, { typed: `evidence ${given.target ?? 'SERVICE@ENV'}` });
  }
};

/** Makes the review and says what is left to be done. */
const review: IncidentAside = (incident, asking, tools) =>
  showReview(incident, 'names', asking, tools);

/** Says where whoever asks can read all of it: the card stands before everybody, and a link is one person's. */
const page: IncidentAside = async (incident, asking, { reviews }) => {
  if (!(await maySeeIncident(incident, asking))) return;
  await asking.show(pageMessage, { incident, page: reviews.page(incident, asking.person.id) });
};

/** The buttons that are neither a deed nor a form of the incident, by what they are called. */
export const incidentAsides: Readonly<Record<string, IncidentAside>> = { evidence, review, page };
