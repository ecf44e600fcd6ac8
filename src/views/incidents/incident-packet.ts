import type { AuditRecord } from '../../core/audit.ts';
import type { Incident } from '../../core/incident.ts';
import type { Figures } from '../../core/incident-command.ts';
import { targetName } from '../../core/target.ts';
import { clockTime } from '../text/clock-time.ts';
import { mention } from '../text/mention.ts';
import { prose, proseWithNames } from '../text/prose.ts';
import { incidentTimelineLine } from './incident-timeline.ts';
import { impactWords, incidentTitle, severityWords } from './incident-words.ts';

/** What the packet is made of: the incident, its newest records, oldest first, and what the checks say. */
export interface PacketMatter {
  incident: Incident;
  records: readonly AuditRecord[];
  figures: Pick<Figures, 'health' | 'change' | 'done' | 'running'>;
}

/** So many lines of the timeline: whoever is called reads them on a telephone. */
const newest = 8;
/** And so many follow-ups. */
const mostLeft = 5;

/** What somebody who is called has to know, in the five items of runbook 002, composed by nobody. */
export const incidentPacket = (matter: PacketMatter): string[] => [
  problem(matter),
  timeline(matter),
  steps(matter),
  status(matter),
  checks(matter),
];

function problem({ incident }: PacketMatter): string {
  const { target, impact, known, times } = incident;
  const hit = impact.map((one) => impactWords[one]).join(', ');
  return [
    `*Problem* ${prose(incidentTitle(incident), 300)}, ${severityWords(incident)}, since ${clockTime(times.started ?? times.declared)}`,
    ...(target === null ? [] : [`About ${prose(targetName(target), 130)}`]),
    ...(hit === '' ? [] : [`Hit: ${hit}`]),
    ...(known === null ? [] : [`Known: ${prose(known, 600)}`]),
  ].join('\n');
}

const timeline = ({ records }: PacketMatter): string =>
  ['*Timeline*', ...records.slice(-newest).map(incidentTimelineLine)].join('\n');

function steps({ figures }: PacketMatter): string {
  const lines = [...figures.done, ...figures.running].map((one) => `• ${proseWithNames(one, 300)}`);
  return ['*Steps taken*', ...(lines.length === 0 ? ['None yet by Gatehouse.'] : lines)].join('\n');
}

function status({ incident }: PacketMatter): string {
  const { state, doing, roles, acknowledged, updates, followUps } = incident;
  const left = followUps.filter(({ done }) => done === null).slice(0, mostLeft);
  return [
    `*Now* ${state}${acknowledged ? `, acknowledged by ${mention(acknowledged.by)}` : ', not acknowledged'}`,
    `Led by ${roles.commander ? mention(roles.commander.by) : 'nobody'}${updates.next === null ? '' : `, next update ${clockTime(updates.next)}`}`,
    ...(doing === null ? [] : [`Doing: ${prose(doing, 600)}`]),
    ...left.map(({ id, text }) => `To be done: ${id} ${prose(text, 200)}`),
  ].join('\n');
}

const checks = ({ figures: { health, change } }: PacketMatter): string =>
  `*Checks* ${proseWithNames(health, 500)}${change === '' ? '' : `\n${proseWithNames(change, 500)}`}`;
