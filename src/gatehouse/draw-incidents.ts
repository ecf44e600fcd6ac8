import type { Drawn } from '../bot/outbox/attempt-options.ts';
import type { Config } from '../config/config.ts';
import type { AuditRecord } from '../core/audit.ts';
import { within } from '../core/deadline.ts';
import type { Incident } from '../core/incident.ts';
import { noticeOf } from '../core/incident-notice.ts';
import type { Sample } from '../core/incidents.ts';
import type { OutboxRow } from '../core/outbox.ts';
import { isOver } from '../core/run.ts';
import { runStateWords } from '../core/run-state-words.ts';
import { targetName } from '../core/target.ts';
import { isGood } from '../incidents/watching/watched.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { type CardMatter, incidentCard } from '../views/incidents/incident-card.ts';
import type { NoticeReader } from '../views/incidents/incident-notice/notice-reader.ts';
import { incidentNotice } from '../views/incidents/incident-notice.ts';
import { sparkline } from '../views/incidents/sparkline.ts';
import { code } from '../views/text/code.ts';
import { listIn, textIn, textsIn } from '../views/text/fact.ts';
import { mention } from '../views/text/mention.ts';
import { packetOf } from './gather-figures.ts';

/** What incidents are drawn from. */
type Source = Pick<StoreDoor, 'incidents' | 'incidentSamples' | 'runs' | 'audit'>;

/** What of a card is not in the incident itself: its runs, and how the checks are while it is watched. */
export async function matterOf(
  { incidentSamples, runs }: Pick<Source, 'incidentSamples' | 'runs'>,
  incident: Incident,
  page: string | null,
): Promise<CardMatter> {
  const { id, watch } = incident;
  const [all, samples] = await Promise.all([
    runs.ofIncident(id),
    watch ? incidentSamples.since(id, watch.from) : [],
  ]);
  const going = all.filter(({ state }) => !isOver(state));
  return {
    running: going.map(
      ({ id: run, action, target, state, requestedBy }) =>
        `• ${code(`${action} ${targetName(target)}`, 160)} ${runStateWords[state]} · ${code(run, 80)} by ${mention(requestedBy.id)}`,
    ),
    sparkline: watch ? watchedText(samples) : null,
    page,
  };
}

/** The looks of a recovery watch, as a picture and in words. */
function watchedText(samples: readonly Sample[]): string {
  if (samples.length === 0) return 'nothing was looked at yet';
  const good = samples.filter(isGood).length;
  const picture = sparkline(samples.map(({ health }) => health));
  return `${picture} ${good} of ${samples.length} looks good`;
}

/** What it takes to draw what the outbox holds about incidents. */
export interface DrawingIncidents {
  store: Source;
  config: Pick<Config, 'incidentSettings'>;
}

/** Draws the messages about incidents. */
export const drawIncidents =
  ({ store, config }: DrawingIncidents) =>
  (row: OutboxRow): Promise<Drawn | null> =>
    row.kind === 'incident'
      ? drawIncident(store, row)
      : drawNotice(store, row, config.incidentSettings.rules.channels.stakeholders);

/** The live card of an incident, as it is now. */
async function drawIncident(
  source: Source,
  { subject, wanted }: Pick<OutboxRow, 'subject' | 'wanted'>,
): Promise<Drawn | null> {
  const found = await source.incidents.find(subject);
  if (!found) return null;
  const { incident } = found;
  // Everybody in the channel sees it, and a link to the page is one person's.
  const matter = await matterOf(source, incident, null);
  return { message: incidentCard(incident, matter), version: Math.max(wanted, incident.version) };
}

/** What one record of an incident says; it never changes. */
async function drawNotice(
  source: Source,
  { subject: line, to }: Pick<OutboxRow, 'subject' | 'to'>,
  stakeholders: string | null,
): Promise<Drawn | null> {
  const about = noticeOf(line);
  if (about === null) return null;
  const { incident: subject, version } = about;
  const [record] = await source.audit.find({ subject, version, limit: 1 });
  if (!record) return null;
  const reader = readerOf(to, stakeholders);
  if (await isShutSince(source, record, reader)) return null;
  const packet = await packetFor(source, record, to);
  const message = incidentNotice(record, reader, packet);
  return { message, version: 1, page: calls(record, to) };
}

/** Whether what was on its way to everybody is about something that turned out to be about security meanwhile. */
async function isShutSince(
  { incidents }: Pick<Source, 'incidents'>,
  { subject, facts }: AuditRecord,
  reader: NoticeReader,
): Promise<boolean> {
  if (reader === 'room' || reader === 'person' || facts.security !== false) return false;
  return (await incidents.find(subject))?.incident.security === true;
}

/** How long what whoever is called has to know may hold the call up, in milliseconds. */
const patience = 500;

/** What asks somebody to take a role over. */
const offers: readonly string[] = ['incident.role-offered', 'incident.shift'];

/** Whether this line calls somebody, here or in the channel that hears of it. */
const calls = ({ event, facts }: AuditRecord, to: string): boolean =>
  event === 'incident.escalated' || calledBy(facts).includes(to);

/** The direct messages of everybody who is called. */
const calledBy = (facts: AuditRecord['facts']): string[] =>
  listIn(facts, 'calls')
    .flatMap((call) => textsIn(call, 'people'))
    .map((id) => `user:${id}`);

/** Whether this place is the direct messages of somebody who is called by this record, or is to take over by it. */
function asksFor({ event, facts }: AuditRecord, to: string): boolean {
  if (event === 'incident.declared') return false;
  if (offers.includes(event)) return to === `user:${textIn(facts, 'to')}`;
  return calledBy(facts).includes(to);
}

/** Everything that somebody has to know who is called by this record or takes over; nothing for whoever is not. */
async function packetFor(
  source: Source,
  record: AuditRecord,
  to: string,
): Promise<readonly string[]> {
  if (!asksFor(record, to)) return [];
  return within(patience, async () => {
    const found = await source.incidents.find(record.subject);
    return found ? packetOf(source, found.incident, record.at) : [];
  }).catch(() => []); // rather a call without it than none
}

function readerOf(to: string, stakeholders: string | null): NoticeReader {
  if (to.startsWith('incident:')) return 'room';
  if (to.startsWith('user:')) return 'person';
  return to === stakeholders ? 'stakeholders' : 'everybody';
}
