import type { KnownBlock, ModalView } from '@slack/types';
import { formatDuration } from '../../core/duration.ts';
import { type Incident, incidentStates, isOpen } from '../../core/incident.ts';
import { checksField, type Offer, selectField } from '../blocks/fields.ts';
import { textField } from '../blocks/forms.ts';
import { clockTime } from '../text/clock-time.ts';
import { customerWords } from './customer-words.ts';
import { filledIn, type IncidentForm, incidentForm, remark } from './incident-form.ts';

const minute = 60_000;

/** Asks for an update: where it stands, what is known, what is done, and when the next one comes. */
export const updateForm = (form: IncidentForm): ModalView =>
  incidentForm(form, { deed: 'update', title: 'Post an update', submit: 'Post it' }, [
    selectField({ id: 'state', label: 'State' }, statesFor(form.incident), stateIn(form)),
    textField({
      id: 'known',
      label: 'What we know',
      value: filledIn(form, 'known', form.incident.known),
      optional: true,
      multiline: true,
    }),
    textField({
      id: 'doing',
      label: 'What we are doing',
      value: filledIn(form, 'doing', form.incident.doing ?? (form.running.join('\n') || null)),
      optional: true,
      multiline: true,
    }),
    textField({
      id: 'need',
      label: 'What we need',
      value: filledIn(form, 'need'),
      optional: true,
    }),
    ...nextFields(form),
    ...reasonField(form),
    ...stakeholderFields(form),
  ]);

const stateIn = (form: IncidentForm): string =>
  filledIn(form, 'state') ?? (form.extra || form.incident.state);

const statesFor = ({ state }: Incident): Offer[] =>
  incidentStates
    .filter((one) => isOpen(one) && (one !== 'triage' || state === 'triage'))
    .map((one) => ({ value: one, label: one === state ? `${one} (as it is)` : one }));

/** When people hear of it again. What was typed counts before what was chosen. */
function nextFields(form: IncidentForm): KnownBlock[] {
  const { every, next } = form.incident.updates;
  const usual: Offer[] =
    every === null ? [] : [{ value: 'usual', label: `as usual, in ${formatDuration(every)}` }];
  const others = [15, 30, 60].filter((one) => one * minute !== every);
  const offers = [
    ...usual,
    ...others.map((one) => ({ value: `${one}m`, label: `in ${one} minutes` })),
  ];
  return [
    selectField(
      { id: 'next', label: 'Next update' },
      offers,
      filledIn(form, 'next', offers[0]?.value ?? null),
    ),
    textField({
      id: 'next-custom',
      label: 'Or in',
      hint: 'Such as 45m or 2h; it counts before what is chosen above.',
      value: filledIn(form, 'next-custom'),
      optional: true,
    }),
    ...(next === null ? [] : [remark(`Promised until now: ${clockTime(next)}.`)]),
  ];
}

/** Asked for only where something needs one: it was refused without. */
const reasonField = (form: IncidentForm): KnownBlock[] =>
  form.complaint === null
    ? []
    : [
        textField({
          id: 'reason',
          label: 'Why',
          hint: 'For the timeline: why back, or why the next update comes later than usual.',
          value: filledIn(form, 'reason'),
          optional: true,
        }),
      ];

/** What stakeholders read is shown whole before it is sent; nothing is sent that nobody has ticked. */
function stakeholderFields(form: IncidentForm): KnownBlock[] {
  const { incident } = form;
  if (incident.security || incident.rules.channels.stakeholders === null) return [];
  return [
    textField({
      id: 'stakeholders',
      label: 'For stakeholders',
      hint: 'Exactly this, with the time of the next update, and nothing of the rest.',
      value: filledIn(form, 'stakeholders', customerWords(incident)),
      optional: true,
      multiline: true,
    }),
    checksField(
      { id: 'tell', label: 'Send it to them', optional: true },
      [{ value: 'stakeholders', label: 'Yes, stakeholders read this now' }],
      filledIn(form, 'tell')?.split(',') ?? [],
    ),
  ];
}
