import type { KnownBlock, ModalView } from '@slack/types';
import { type Incident, isOpen } from '../../core/incident.ts';
import { momentField, personField, radioField, selectField } from '../blocks/fields.ts';
import { textField } from '../blocks/forms.ts';
import { clockTime } from '../text/clock-time.ts';
import { customerWords } from './customer-words.ts';
import { filledIn, type IncidentForm, incidentForm, remark } from './incident-form.ts';

/** Asks what fixed it, and has the rest filled in already. */
export const resolveForm = (form: IncidentForm): ModalView =>
  incidentForm(form, { deed: 'resolve', title: 'Resolve', submit: 'Resolve it' }, [
    textField({ id: 'fix', label: 'What fixed it', value: filledIn(form, 'fix'), multiline: true }),
    ...watchField(form),
    radioField(
      { id: 'cause', label: 'Is the cause known?' },
      causes,
      filledIn(form, 'cause', 'unknown'),
    ),
    textField({
      id: 'cause-text',
      label: 'The cause, as far as it is known',
      value: filledIn(form, 'cause-text', form.incident.known),
      optional: true,
      multiline: true,
    }),
    momentField(
      { id: 'started', label: 'People were hit from' },
      momentIn(form, 'started', startOf(form.incident)),
    ),
    momentField(
      { id: 'ended', label: 'until' },
      momentIn(form, 'ended', form.incident.times.mitigated ?? form.now),
    ),
    ...customerField(form),
    ...followUpFields(form),
  ]);

const causes = [
  { value: 'known', label: 'Known' },
  { value: 'suspected', label: 'Suspected' },
  { value: 'unknown', label: 'Unknown' },
];

const startOf = ({ times }: Incident): number => times.started ?? times.detected ?? times.declared;

/** The moment that was filled in; it came as seconds. */
function momentIn(form: IncidentForm, id: string, suggested: number): number {
  const seconds = Number(filledIn(form, id) ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : suggested;
}

/** Whoever does not wait for the watch says why. */
function watchField(form: IncidentForm): KnownBlock[] {
  const { watch, severity, security, state } = form.incident;
  if (watch?.state === 'passed' || (severity > 2 && !security) || !isOpen(state)) return [];
  const safer = watch
    ? `The recovery watch goes on until ${clockTime(watch.until)}. Waiting for it is safer`
    : 'Nothing has watched the checks yet. Moving it to *monitoring* and waiting is safer';
  return [
    remark(`${safer}; without that, the timeline needs a reason.`),
    textField({
      id: 'without-watch',
      label: 'Why not wait for the recovery watch',
      value: filledIn(form, 'without-watch'),
    }),
  ];
}

function customerField(form: IncidentForm): KnownBlock[] {
  const { incident } = form;
  if (incident.security || incident.rules.channels.stakeholders === null) return [];
  return [
    textField({
      id: 'customer-text',
      label: 'For stakeholders',
      hint: 'They read exactly this; empty it to send nothing.',
      value: filledIn(form, 'customer-text', customerWords({ ...incident, state: 'resolved' })),
      optional: true,
      multiline: true,
    }),
  ];
}

const followUpFields = (form: IncidentForm): KnownBlock[] => [
  textField({
    id: 'follow-ups',
    label: 'To be done afterwards',
    hint: 'One on each line.',
    value: filledIn(form, 'follow-ups'),
    optional: true,
    multiline: true,
  }),
  personField(
    { id: 'owner', label: 'Who sees to it', optional: true },
    filledIn(form, 'owner', form.incident.roles.commander?.by ?? null),
  ),
  selectField(
    { id: 'due', label: 'By when', optional: true },
    [
      { value: '1w', label: 'in a week' },
      { value: '2w', label: 'in two weeks' },
      { value: '30d', label: 'in a month' },
    ],
    filledIn(form, 'due', '2w'),
  ),
];
