import type { ActionsBlock, Button, ModalView } from '@slack/types';
import type { Incident, Review } from '../../core/incident.ts';
import { limits, section } from '../blocks/blocks.ts';
import { textField } from '../blocks/forms.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { filledIn, type IncidentForm, incidentForm } from './incident-form.ts';
import { writeIncidentHandle } from './incident-handle.ts';
import { incidentTitle } from './incident-words.ts';

/** What whoever looks after a review sees: where it is, and what is left to be done. */
export interface ReviewPage {
  incident: Incident;
  /** Where it can be read; null where there is no page. */
  page: string | null;
  /** The same with people called by their roles. */
  rolesPage: string | null;
  /** Where the file is; null when it could not be put anywhere. */
  filedIn: string | null;
}

/** What is looked at before a review is published. */
export const reviewChecks: readonly (readonly [check: keyof Review['checks'], says: string])[] = [
  ['timeline', 'The timeline is checked'],
  ['impact', 'The impact has its numbers'],
  ['followUps', 'The follow-ups have owners and dates'],
];

/** The review of an incident and its checklist. */
export function reviewMessage(page: ReviewPage): Message {
  const { incident } = page;
  const first = `:memo: The review of ${bold(incidentTitle(incident))}`;
  return {
    text: clip(`The review of ${incident.id}`, limits.text),
    blocks: [
      section([first, ...whereLines(page), ...stateLines(incident)].join('\n')),
      ...(incident.state === 'resolved' ? [checklist(incident), ...buttons(incident)] : []),
    ],
  };
}

function whereLines({ page, rolesPage, filedIn }: ReviewPage): string[] {
  const links = [
    ...(page === null ? [] : [`<${page}|with names>`]),
    ...(rolesPage === null ? [] : [`<${rolesPage}|with roles instead of names>`]),
  ];
  return [
    ...(links.length === 0 ? [] : [`Its page: ${links.join(' · ')}`]),
    filedIn === null
      ? ':warning: The file could not be put into the channel; the page shows the same.'
      : `As a file it is in ${filedIn}.`,
  ];
}

function stateLines({ review, state, id }: Incident): string[] {
  if (review === null)
    return [`${code(id, 40)} is ${state}: its review can be published once it is resolved.`];
  if (review.published)
    return [`Published by ${mention(review.published.by)} ${moment(review.published.at)}.`];
  if (review.waived) return [`Waived by ${mention(review.waived.by)} ${moment(review.waived.at)}.`];
  const owner = review.owner === null ? 'Nobody' : mention(review.owner);
  return [
    `${owner} looks after it${review.due === null ? '' : `; it is due ${moment(review.due)}`}.`,
  ];
}

const checklist = ({ review, followUps }: Incident) =>
  section(
    [
      ...reviewChecks.map(
        ([check, says]) =>
          `${review?.checks[check] ? ':ballot_box_with_check:' : ':white_medium_square:'} ${says}`,
      ),
      `${followUps.length} ${followUps.length === 1 ? 'follow-up' : 'follow-ups'}, ${followUps.filter(({ owner, due, done }) => !done && (owner === null || due === null)).length} of them without an owner or a date`,
    ].join('\n'),
  );

function buttons(incident: Incident): ActionsBlock[] {
  const open = reviewChecks.filter(([check]) => !incident.review?.checks[check]);
  const elements = [
    ...open.map(([check, says]) => button(incident, 'review-check', says, check)),
    button(incident, 'write-review', 'Write notes'),
    { ...button(incident, 'publish-review', 'Publish'), style: 'primary' as const },
  ];
  return [{ type: 'actions', elements }];
}

const button = (incident: Incident, deed: string, label: string, extra = ''): Button => ({
  type: 'button',
  action_id: extra === '' ? `incident:${deed}` : `incident:${deed}-${extra.toLowerCase()}`,
  value: writeIncidentHandle(incident, extra),
  text: { type: 'plain_text', text: label, emoji: false },
});

const notes: readonly (readonly [note: keyof Review['notes'], label: string, hint: string])[] = [
  ['summary', 'Summary', 'What happened, for somebody who was not there'],
  ['helped', 'What helped', ''],
  ['hindered', 'What hindered', ''],
  ['lucky', 'Where we were lucky', ''],
];

/** Asks for what no timeline says. */
export const reviewForm = (form: IncidentForm): ModalView =>
  incidentForm(
    form,
    { deed: 'write-review', title: 'Review', submit: 'Keep' },
    notes.map(([id, label, hint]) =>
      textField({
        id,
        label,
        hint,
        value: filledIn(form, id, form.incident.review?.notes[id] ?? null),
        optional: true,
        multiline: true,
      }),
    ),
  );
