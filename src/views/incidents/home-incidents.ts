import type { Button, KnownBlock } from '@slack/types';
import { type DeadlineKind, type Incident, incidentRoles } from '../../core/incident.ts';
import { silentFirst } from '../../core/silence.ts';
import { section } from '../blocks/blocks.ts';
import { typing } from '../blocks/buttons.ts';
import { clockTime } from '../text/clock-time.ts';
import { bold, code } from '../text/code.ts';
import { channelMention, mention } from '../text/mention.ts';
import type { Reachable } from './incident-ladder.ts';
import {
  incidentStateWords,
  incidentTitle,
  roleWords,
  severityWords,
  silentWords,
} from './incident-words.ts';

/** The incidents as a person's Home tab shows them. */
export interface HomeIncidents {
  /** Whose Home tab it is, by Slack user id. */
  me: string;
  /** The open ones, newest first, without what the person may not read. */
  open: readonly Incident[];
  /** Who can be called now; null when nobody could say in time. */
  onCall: Reachable | null;
}

/** Numbered on from the buttons of the runs. */
const first = 950;
const most = 8;
const hour = 3_600_000;

/** What is wrong now, what is promised for the next hour, who is on call, and how to say that something is wrong. */
export function incidentBlocks(incidents: HomeIncidents | null, now: number): KnownBlock[] {
  if (incidents === null) {
    return [section('The incidents cannot be read now; what is below still works.', declare)];
  }
  const { me, open, onCall } = incidents;
  const isMine = (one: Incident) => Number(rolesOf(one, me).length > 0);
  const inOrder = silentFirst(open.toSorted((a, b) => isMine(b) - isMine(a)));
  const title = open.length === 0 ? 'No incident is open.' : `*Open incidents* (${open.length})`;
  const promises = open
    .flatMap((one) => promisesOf(one, now))
    .toSorted((a, b) => a.at - b.at)
    .map(({ said }) => said);
  return [
    section(title, declare),
    ...inOrder.slice(0, most).map((one, index) => rowOf(one, index, me)),
    ...(open.length > most ? [moreBlock(open.length - most)] : []),
    ...(promises.length === 0
      ? []
      : [section(['*Promised within the hour*', ...promises.slice(0, 10)].join('\n'))]),
    ...(onCall === null ? [] : onCallBlocks(onCall)),
  ];
}

const declare: Button = {
  type: 'button',
  action_id: 'incident:declare',
  value: 'home',
  text: { type: 'plain_text', text: 'Declare incident', emoji: false },
};

/** What somebody does in an incident. */
const rolesOf = ({ roles }: Incident, me: string): string[] =>
  incidentRoles.filter((role) => roles[role]?.by === me).map((role) => roleWords[role]);

const moreBlock = (count: number): KnownBlock =>
  section(`${count} more: ${code('/auth incident list')} shows all of them.`);

function rowOf(incident: Incident, index: number, me: string): KnownBlock {
  const { id, channel, state, roles } = incident;
  const mine = rolesOf(incident, me);
  const silent = silentWords(incident);
  const led = roles.commander ? `led by ${mention(roles.commander.by)}` : '*nobody leads it*';
  const lead = [
    ...(roles.commander?.by === me ? [] : [led]),
    ...(mine.length === 0 ? [] : [`*you are ${mine.join(' and ')}*`]),
  ].join(' · ');
  const where = channel ? ` · ${channelMention(channel.id)}` : '';
  const show = typing({ label: 'Show', command: `incident show ${id}` }, first + index);
  return section(
    [
      ...(silent === null ? [] : [silent]),
      bold(incidentTitle(incident)),
      severityWords(incident),
      incidentStateWords[state],
      `${lead}${where}`,
    ].join(' · '),
    show ?? undefined,
  );
}

const sayings: Partial<Record<DeadlineKind, string>> = {
  acknowledge: 'somebody has to acknowledge it by',
  update: 'the next update comes by',
  watch: 'the recovery watch ends at',
  handover: 'the offer of a role ends at',
};

/** What is due soon, in the words of the promise. */
const promisesOf = ({ id, deadlines }: Incident, now: number): { at: number; said: string }[] =>
  deadlines
    .filter(({ kind, at }) => sayings[kind] !== undefined && at <= now + hour)
    .map(({ kind, at }) => ({ at, said: `${code(id, 40)} ${sayings[kind]} ${clockTime(at)}` }));

function onCallBlocks(onCall: Reachable): KnownBlock[] {
  const lines = Object.entries(onCall).map(
    ([name, { people, why }]) =>
      `${code(name, 60)} ${people.map(mention).join(' ') || code(why ?? 'nobody', 200)}`,
  );
  return lines.length === 0 ? [] : [section(['*On call now*', ...lines.slice(0, 12)].join('\n'))];
}
