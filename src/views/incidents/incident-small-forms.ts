import type { KnownBlock, ModalView } from '@slack/types';
import { incidentRoles } from '../../core/incident.ts';
import { severities } from '../../core/severity.ts';
import { section } from '../blocks/blocks.ts';
import { personField, radioField, selectField } from '../blocks/fields.ts';
import { textField } from '../blocks/forms.ts';
import { filledIn, type IncidentForm, incidentForm } from './incident-form.ts';
import { incidentTitle, roleWords } from './incident-words.ts';
import { severityOffer } from './severity-offer.ts';

/** Asks whom to call and why, and shows what they will read. */
export const escalateForm = (form: IncidentForm): ModalView =>
  incidentForm(form, { deed: 'escalate', title: 'Escalate', submit: 'Call them' }, [
    ...contactField(form),
    radioField({ id: 'cause', label: 'Why' }, escalationCauses, filledIn(form, 'cause', 'hands')),
    textField({
      id: 'why',
      label: 'In a few words',
      value: filledIn(form, 'why'),
      optional: true,
      multiline: true,
    }),
    ...packetBlocks(form.packet ?? []),
  ]);

/** Slack takes no list without anything in it: where nobody can be called, the form says so. */
const contactField = (form: IncidentForm): KnownBlock[] =>
  form.incident.rules.contacts.length === 0
    ? [
        section(
          ':warning: Nobody is on the ladder: the file of the configuration names no contacts.',
        ),
      ]
    : [
        selectField(
          { id: 'contact', label: 'Whom' },
          form.incident.rules.contacts.map(({ name, who }) => ({
            value: name,
            label: name,
            about: who.join(', '),
          })),
          filledIn(form, 'contact', form.extra || null),
        ),
      ];

/** Why somebody is called: the four reasons of runbook 002, and that more hands are needed. */
export const escalationCauses = [
  { value: 'outage', label: 'Nothing has worked for more than 5 minutes' },
  { value: 'security', label: 'It is about security' },
  { value: 'data', label: 'Data is damaged or at risk' },
  { value: 'many', label: 'Several critical alerts at once' },
  { value: 'hands', label: 'More hands or another mind are needed' },
] as const;

const packetBlocks = (packet: readonly string[]): KnownBlock[] =>
  packet.length === 0
    ? []
    : [section('*They will read this*'), ...packet.map((one) => section(one))];

/** Asks who takes over which role. */
export const handOverForm = (form: IncidentForm): ModalView =>
  incidentForm(form, { deed: 'offer-role', title: 'Hand over a role', submit: 'Ask them' }, [
    selectField(
      { id: 'role', label: 'Which role' },
      incidentRoles.map((role) => ({ value: role, label: roleWords[role] })),
      filledIn(form, 'role', form.extra || 'commander'),
    ),
    personField(
      {
        id: 'person',
        label: 'To whom',
        hint: 'They are asked. It stays with whoever has it until they accept.',
      },
      filledIn(form, 'person'),
    ),
  ]);

/** Asks how bad it is, with what each severity promises. */
export const severityForm = (form: IncidentForm): ModalView =>
  incidentForm(form, { deed: 'set-severity', title: 'Severity', submit: 'Set it' }, [
    radioField(
      { id: 'severity', label: 'How bad is it?' },
      severities.map((one) => severityOffer(one, form.incident.rules)),
      filledIn(form, 'severity', form.extra || String(form.incident.severity)),
    ),
    textField({
      id: 'reason',
      label: 'Why',
      hint: 'Needed to lower it: at least ten characters, for the timeline.',
      value: filledIn(form, 'reason'),
      optional: true,
    }),
  ]);

/** Asks why there is nothing to handle. */
export const cancelForm = (form: IncidentForm): ModalView =>
  incidentForm(form, { deed: 'cancel', title: 'Cancel', submit: 'Cancel it' }, [
    radioField(
      { id: 'reason', label: 'Why' },
      [
        { value: 'false-alarm', label: 'A false alarm', about: 'Nothing was wrong' },
        { value: 'duplicate', label: 'The same as another incident', about: 'Say which one below' },
        { value: 'superseded', label: 'Part of another incident', about: 'Say which one below' },
      ],
      filledIn(form, 'reason'),
    ),
    ...othersField(form),
  ]);

const othersField = (form: IncidentForm): KnownBlock[] =>
  (form.others ?? []).length === 0
    ? []
    : [
        selectField(
          { id: 'of', label: 'Which one', optional: true },
          (form.others ?? []).map((one) => ({ value: one.id, label: incidentTitle(one) })),
          filledIn(form, 'of'),
        ),
      ];

const reasons = {
  move: (extra: string) => ({
    title: 'Change state',
    submit: 'Move it',
    label: `Why back to ${extra}`,
  }),
  reopen: () => ({ title: 'Open again', submit: 'Open it again', label: 'What is wrong again' }),
  'no-change': () => ({
    title: 'No change',
    submit: 'Post it',
    label: 'What is being done about it',
  }),
  'refuse-role': () => ({ title: 'Not now', submit: 'Tell them', label: 'Why not' }),
} as const;

/** What needs nothing but a sentence. */
export type ReasonDeed = keyof typeof reasons;

/** Asks for one sentence. */
export const reasonForm =
  (deed: ReasonDeed) =>
  (form: IncidentForm): ModalView => {
    const { title, submit, label } = reasons[deed](form.extra);
    return incidentForm(form, { deed, title, submit }, [
      textField({
        id: 'reason',
        label,
        hint: 'At least ten characters; it stays on the timeline.',
        value: filledIn(form, 'reason'),
        multiline: true,
      }),
    ]);
  };

const lengths = [
  { value: '15m', label: '15 minutes' },
  { value: '30m', label: '30 minutes' },
  { value: '60m', label: '60 minutes' },
] as const;

/** Asks for how long the checks are watched on, or reminders are put off. */
export const howLongForm =
  (deed: 'watch-more' | 'snooze') =>
  (form: IncidentForm): ModalView => {
    const [title, submit] =
      deed === 'snooze' ? ['Remind me later', 'Put it off'] : ['Watch longer', 'Watch on'];
    return incidentForm(form, { deed, title, submit }, [
      radioField({ id: 'length', label: 'How long' }, lengths, filledIn(form, 'length', '15m')),
    ]);
  };
