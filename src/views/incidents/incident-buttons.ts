import type { ActionsBlock, Button, Option, PlainTextElement, StaticSelect } from '@slack/types';
import { type Incident, type IncidentState, incidentRoles, isOpen } from '../../core/incident.ts';
import { writeIncidentHandle } from './incident-handle.ts';
import { incidentStateWords, roleWords } from './incident-words.ts';

type Element = Button | StaticSelect;

/** What can be done to an incident from its card: at most five, the one that is needed next stands first. */
export function incidentButtons(incident: Incident): ActionsBlock[] {
  const elements = elementsOf(incident);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function elementsOf(incident: Incident): Element[] {
  const { state, acknowledged, watch } = incident;
  if (state === 'resolved')
    return [press(incident, 'review', 'Review', 'primary'), press(incident, 'reopen', 'Reopen')];
  if (!isOpen(state)) return [];
  if (watch?.state === 'passed') {
    return atMost5(incident, [
      press(incident, 'resolve', 'Resolve', 'primary'),
      press(incident, 'watch-more', 'Watch 15 more'),
    ]);
  }
  return atMost5(incident, [
    ...(acknowledged === null ? [press(incident, 'acknowledge', 'Acknowledge', 'primary')] : []),
    // Evidence comes before containment, which may destroy it.
    ...(incident.security ? [press(incident, 'evidence', 'Snapshot evidence')] : []),
  ]);
}

/** What is needed first, and the usual: where that is too much, roles are taken by typing. */
function atMost5(incident: Incident, first: readonly Element[]): Element[] {
  const [update, move, role, more] = usual(incident);
  const all = first.length > 1 ? [update, move, more] : [update, move, role, more];
  return [...first, ...all];
}

const usual = (incident: Incident): [Element, Element, Element, Element] => [
  press(incident, 'update', 'Post update', incident.acknowledged === null ? undefined : 'primary'),
  choose(incident, 'move', 'Change state', statesAfter(incident.state)),
  choose(
    incident,
    'take-role',
    'Take a role',
    incidentRoles.map((role) => [role, roleWords[role]]),
  ),
  choose(incident, 'more', 'More', [
    ['escalate', 'Escalate'],
    ['offer-role', 'Hand over a role'],
    ['set-severity', 'Change the severity'],
    ['evidence', 'Snapshot evidence'],
    ['page', 'Everything, on a page'],
    ['resolve', 'Resolve'],
    ...(incident.watch ? ([['watch-more', 'Watch longer']] as const) : []),
    ...(incident.updates.next === null ? [] : ([['snooze', 'Put reminders off']] as const)),
    ...(incident.state === 'investigating' ? ([['cancel', 'Cancel: it is none']] as const) : []),
  ]),
];

const statesAfter = (state: IncidentState): [string, string][] =>
  (['investigating', 'identified', 'mitigating', 'monitoring'] as const)
    .filter((one) => one !== state)
    .map((one) => [one, incidentStateWords[one].replace(/^:\w+: /, '')]);

const press = (
  incident: Incident,
  deed: string,
  label: string,
  style?: 'primary' | 'danger',
): Button => ({
  type: 'button',
  action_id: `incident:${deed}`,
  value: writeIncidentHandle(incident),
  text: plain(label),
  ...(style && { style }),
});

const choose = (
  incident: Incident,
  deed: string,
  label: string,
  choices: readonly (readonly [string, string])[],
): StaticSelect => ({
  type: 'static_select',
  action_id: `incident:${deed}`,
  placeholder: plain(label),
  options: choices.map(
    ([extra, text]): Option => ({ text: plain(text), value: writeIncidentHandle(incident, extra) }),
  ) as StaticSelect['options'] & Option[],
});

const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text, emoji: false });
