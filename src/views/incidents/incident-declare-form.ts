import type { KnownBlock, ModalView } from '@slack/types';
import { type Incident, impacts } from '../../core/incident.ts';
import type { IncidentRules } from '../../core/incident-rules.ts';
import { severities } from '../../core/severity.ts';
import { section } from '../blocks/blocks.ts';
import { checksField, radioField, selectField } from '../blocks/fields.ts';
import { formView, textField } from '../blocks/forms.ts';
import { capital } from '../text/capital.ts';
import { bold } from '../text/code.ts';
import { channelMention } from '../text/mention.ts';
import { type Did, didMessage } from './incident-answer.ts';
import { writeIncidentHandle } from './incident-handle.ts';
import { impactWords, incidentTitle, severityWords } from './incident-words.ts';
import { severityOffer } from './severity-offer.ts';

/** What the form to declare an incident offers, and what was filled in before. */
export interface DeclareForm {
  targets: readonly string[];
  /** What it is probably about; null when nobody can say. */
  target: string | null;
  /** What the severities promise: of the service, or in general. */
  rules: Pick<IncidentRules, 'clock' | 'words'>;
  /** The open incidents: it may be one of them. */
  open: readonly Incident[];
  /** The channel it was opened in. */
  askedIn: string | null;
  filled: Readonly<Record<string, string | null>>;
  /** Whether whoever sends it knows of the other incidents, and wants another one all the same. */
  another: boolean;
  /** Why it was not taken, escaped; null when the form is new. */
  complaint: string | null;
}

/** Asks what is wrong: only the title has to be said. */
export const declareForm = (form: DeclareForm): ModalView =>
  formView(
    {
      callback: 'incident:declare',
      title: 'Declare incident',
      submit: 'Declare',
      data: JSON.stringify({ askedIn: form.askedIn, another: form.another }),
    },
    [
      ...openLines(form),
      ...(form.complaint === null ? [] : [section(`:warning: ${form.complaint}`)]),
      ...targetField(form),
      textField({
        id: 'title',
        label: 'What is wrong',
        hint: 'Such as: login is down. Nothing else has to be said.',
        value: filled(form, 'title'),
      }),
      ...howBad(form),
      checksField(
        { id: 'page', label: 'Call', optional: true },
        [{ value: 'yes', label: 'Call whoever is on call now' }],
        filled(form, 'page', 'yes')?.split(',') ?? [],
      ),
      textField({
        id: 'seen',
        label: 'What have you seen?',
        value: filled(form, 'seen'),
        optional: true,
        multiline: true,
      }),
    ],
  );

/** What stands in the place of the form for whoever has joined an open incident instead: there is nothing left to send. */
export function joinedView(told: Did): ModalView {
  const { id, channel } = told.incident;
  const where = channel ? ` It goes on in ${channelMention(channel.id)}.` : '';
  return {
    type: 'modal',
    title: { type: 'plain_text', text: `Joined ${id}`.slice(0, 24), emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks: [
      ...didMessage(told).blocks,
      section(`:wave: Nothing was declared, and you can close this.${where}`),
    ],
  };
}

/** How bad it is, who is hit, and whether it is about security. */
const howBad = (form: DeclareForm): KnownBlock[] => [
  radioField(
    { id: 'severity', label: 'How bad is it?' },
    [
      ...severities.map((one) => severityOffer(one, form.rules)),
      {
        value: 'unsure',
        label: 'Not sure',
        about: 'Counts as SEV2; somebody confirms it within 10 minutes',
      },
    ],
    filled(form, 'severity', 'unsure'),
  ),
  checksField(
    { id: 'impact', label: 'Who is hit?', optional: true },
    impacts.map((one) => ({ value: one, label: capital(impactWords[one]) })),
    filled(form, 'impact')?.split(',') ?? [],
  ),
  radioField(
    { id: 'security', label: 'Is it about security?' },
    [
      { value: 'no', label: 'No' },
      { value: 'yes', label: 'Yes', about: 'Its channel is private, and security is called' },
    ],
    filled(form, 'security', 'no'),
  ),
];

const filled = (form: DeclareForm, id: string, suggested: string | null = null): string | null =>
  Object.hasOwn(form.filled, id) ? (form.filled[id] ?? null) : suggested;

const targetField = (form: DeclareForm): KnownBlock[] =>
  form.targets.length === 0
    ? []
    : [
        selectField(
          { id: 'target', label: 'What is it about?', optional: true },
          form.targets.map((one) => ({ value: one, label: one })),
          filled(form, 'target', form.target),
        ),
      ];

/** Whoever is about to declare the same once more sees it first, and can join it. */
function openLines({ open, target }: DeclareForm): KnownBlock[] {
  const [service] = target?.split('@') ?? [];
  const about = open.filter(
    (one) => !one.security && (service === undefined || one.target?.service === service),
  );
  if (about.length === 0) return [];
  const first =
    about.length === 1
      ? 'There is an open incident. Is it this one?'
      : 'There are open incidents. Is it one of these?';
  return [section(`:warning: ${first}`), ...about.slice(0, 3).map(openLine)];
}

const openLine = (one: Incident): KnownBlock =>
  section(
    `${bold(incidentTitle(one))} · ${severityWords(one)} · ${one.state}${one.channel ? ` · in ${channelMention(one.channel.id)}` : ''}`,
    {
      type: 'button',
      action_id: 'incident:join',
      value: writeIncidentHandle(one),
      text: { type: 'plain_text', text: `Join ${one.id}`, emoji: false },
    },
  );
