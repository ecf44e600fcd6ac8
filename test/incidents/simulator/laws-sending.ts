import { type Incident, isOpen } from '../../../src/core/incident.ts';
import type { IncidentMessage } from '../../../src/core/incidents.ts';
import type { LeftOut } from '../../../src/core/outbox.ts';
import { type Known, type Line, type Must, minute } from './line.ts';
import type { Slack } from './slack.ts';

/** How everything stands at the end. */
export interface Ending {
  slack: Slack;
  now: number;
  /** When processes were killed. */
  killed: readonly number[];
  /** The messages of which operators are told that nobody knows, after twelve tries. */
  unconfirmed: ReadonlySet<string>;
  /** The messages that the outbox has heard of. */
  known: ReadonlySet<string>;
  /** What was left out, and when. */
  leftOut: readonly (LeftOut & { at: number })[];
}

/** A message that was to be sent. */
interface Said extends IncidentMessage {
  line: Line;
}

/** What was said so late is still on its way, in milliseconds. */
const soon = 15_000;
/** What is older is of the past when Slack is there again, in milliseconds. */
const ofThePast = 60 * minute;

/** Whatever a change says has to be heard has arrived where somebody can read, or was left out as it may be. */
export function everythingArrived(ending: Ending, known: Known, must: Must): void {
  const { slack, now } = ending;
  const { id } = known.incident;
  const posted = new Set(
    slack.messages.map(({ says }) => nameOf(says.subject, says.kind, says.to)),
  );
  const all = known.lines.flatMap((line) => line.messages.map((one): Said => ({ ...one, line })));
  const missing = new Map<string, number>();
  for (const said of all) {
    const { line, kind, to } = said;
    const subject = kind === 'notice' ? `${id}/${line.after.version}` : id;
    if (line.after.changedAt > now - soon || posted.has(nameOf(subject, kind, to))) continue;
    if (isClosedTo(slack, known, to) || isShut(known, to)) continue;
    if (ending.unconfirmed.has(nameOf(subject, kind, to))) continue;
    must(mayBeLeftOut(ending, id, said, all), `${kind} ${subject} never arrived at ${to}`);
    missing.set(to, (missing.get(to) ?? 0) + 1);
  }
  for (const [to, many] of missing) {
    const left = leftOutOf(ending, id).filter((one) => one.to === to);
    must(many <= sumOf(left), `${many} messages of ${id} never arrived at ${to}`);
  }
}

const nameOf = (...parts: string[]): string => parts.join(' ');
const leftOutOf = ({ leftOut }: Ending, id: string) =>
  leftOut.filter(({ incident }) => incident === id);
const sumOf = (all: readonly LeftOut[]): number => all.reduce((sum, { count }) => sum + count, 0);

/** What of a long absence of Slack is of the past, but for calls and the newest update. */
function mayBeLeftOut(ending: Ending, id: string, said: Said, all: readonly Said[]): boolean {
  const { at } = said.line;
  const isPast = leftOutOf(ending, id).some((one) => one.to === said.to && one.at > at + ofThePast);
  if (!isPast || said.kind !== 'notice' || said.urgency === 0) return false;
  const isNewer = (one: Said) =>
    one.kind === 'notice' &&
    one.urgency === 1 &&
    one.to === said.to &&
    one.line.at >= at &&
    one !== said;
  return said.urgency === 2 || all.some(isNewer);
}

/** Whether nothing could be written there, at some time or now. */
function isClosedTo({ channels }: Slack, { incident, lines }: Known, to: string): boolean {
  const isArchived = (id: string | undefined) => channels.get(id ?? '')?.archived ?? false;
  if (!to.startsWith('incident:')) return isArchived(to);
  if (incident.channel === null || incident.channel.lost !== null) return true;
  return lines.some(({ after }) => isArchived(after.channel?.id) || wasNowhere(after));
}

/** Whether it was over without a channel: nothing waits for one any more then. */
const wasNowhere = ({ state, channel }: Incident): boolean =>
  !isOpen(state) && (channel === null || channel.lost !== null);

/** Whether everybody would have read there of what turned out to be about security. */
const isShut = ({ lines }: Known, to: string): boolean =>
  to.startsWith('C-') && lines.some(({ after }) => after.security);

/** What was left out is said where it was left out, all of it, while there is somebody to read it. */
export function whatIsLeftOutIsSaid(ending: Ending, { incident, lines }: Known, must: Must): void {
  const { killed } = ending;
  const left = leftOutOf(ending, incident.id);
  const backs = lines.filter(({ event }) => event === 'incident.slack-back');
  const said = backs.reduce((sum, { facts }) => sum + facts.leftOut, 0);
  must(said <= sumOf(left), `${incident.id} says of ${said} that they were left out`);
  const [first] = left;
  const wasOver = lines.some(({ after }) => !isOpen(after.state));
  if (!first || wasOver || killed.some((at) => at >= first.at - ofThePast)) return;
  // What another process leaves out in the very millisecond in which the rest is counted nobody can tell apart.
  const counted = backs.map(({ after }) => after.slackAway?.leftOutUntil);
  const isSure = ({ at }: { at: number }) => !counted.includes(at);
  must(
    said === sumOf(left) || said > sumOf(left.filter(isSure)),
    `${sumOf(left)} of ${incident.id} were left out, and it says ${said}`,
  );
}

/** How long a card may take to show what is new, in milliseconds. */
const drawn = 15_000;

/** The live card shows how it is, or operators are told that nobody knows. */
export function cardsAreNew(ending: Ending, { incident }: Known, must: Must): void {
  const { slack, now, known } = ending;
  const { id, channel, changedAt, version } = incident;
  const isKnown = (one: { channel: string; ts: string }) => known.has(`${one.channel} ${one.ts}`);
  const isLeft = (one: string): boolean =>
    one.startsWith('CI-') && one !== channel?.id && !slack.channels.get(one)?.archived;
  if (channel === null || channel.lost !== null || changedAt > now - drawn) return;
  if (slack.channels.get(channel.id)?.archived) return;
  if (ending.unconfirmed.has(nameOf(id, 'incident', `incident:${id}`))) return;
  const left = slack.messages.find(
    (one) =>
      one.says.kind === 'incident' &&
      one.says.subject === id &&
      isKnown(one) &&
      isLeft(one.channel),
  );
  must(!left || left.deleted || left.emptied, `the card of ${id} stands where it was left`);
  const card = slack.messages.findLast(
    (one) => one.channel === channel.id && one.says.kind === 'incident',
  );
  must(
    card?.deleted || card?.says.version === version,
    `the card of ${id} does not show how it is`,
  );
}
