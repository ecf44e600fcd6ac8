import type { Incident } from '../../core/incident.ts';
import { reviewMessage } from '../../views/incidents/incident-review.ts';
import type { Naming } from '../../views/incidents/naming.ts';
import { reviewMarkdown } from '../../views/incidents/review-markdown.ts';
import type { Asking } from '../command.ts';
import { readOrSay } from '../read-or-say.ts';
import { refuseIncident } from './do-deed.ts';
import type { IncidentTools } from './incident-tools.ts';
import { maySeeIncident } from './may-see-incident.ts';

/**
 * Puts the review of an incident as a file into its channel, or to the person where there is none, and shows
 * where its page is and what is left to be done before it is published.
 */
export async function showReview(
  incident: Incident,
  naming: Naming,
  asking: Omit<Asking, 'catalogue'>,
  { reviews }: Pick<IncidentTools, 'reviews'>,
): Promise<void> {
  const { person, alone } = asking;
  if (!(await maySeeIncident(incident, asking))) return;
  const report = await readOrSay(() => reviews.report(incident.id));
  if (report === null) return refuseIncident({ kind: 'no-such-incident', id: incident.id }, asking);
  const file = { name: `${incident.id}-review.md`, content: reviewMarkdown(report, naming) };
  const filedIn = await reviews.file(report.incident, person.id, file);
  await asking.show(reviewMessage, {
    incident: report.incident,
    page: alone ? reviews.page(report.incident, person.id) : null,
    rolesPage: alone ? reviews.page(report.incident, person.id, 'roles') : null,
    filedIn,
  });
}
