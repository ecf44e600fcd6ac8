import type { KnownBlock } from '@slack/types';
import { formatDuration } from '../../core/duration.ts';
import {
  type Incident,
  isOpen,
  type SetupState,
  type SetupStep,
  setupSteps,
} from '../../core/incident.ts';
import { severityName } from '../../core/severity.ts';
import { silentSince } from '../../core/silence.ts';
import { targetName } from '../../core/target.ts';
import { context, header, limits, section } from '../blocks/blocks.ts';
import { fitting } from '../blocks/fitting.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { capital } from '../text/capital.ts';
import { clip } from '../text/clip.ts';
import { clockTime } from '../text/clock-time.ts';
import { code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { lockedText } from '../text/locked-text.ts';
import { mention } from '../text/mention.ts';
import { ago, moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { incidentButtons } from './incident-buttons.ts';
import { evidenceLines } from './incident-evidence.ts';
import {
  impactWords,
  incidentStateWords,
  incidentTitle,
  roleWords,
  severityWords,
  silentWords,
} from './incident-words.ts';

/** What a card shows besides the incident itself. */
export interface CardMatter {
  /** What runs in it or waits for approval, one escaped line each. */
  running: readonly string[];
  /** The checks of the recovery watch, one sign each and in words; null while there is none. */
  sparkline: string | null;
  /** Where the whole of it can be read; null where there is no page. */
  page: string | null;
}

/** Nothing besides the incident. */
export const bareMatter: CardMatter = { running: [], sparkline: null, page: null };

/** The one live message of an incident: posted once, pinned, and edited after every change. */
export function incidentCard(incident: Incident, matter: CardMatter = bareMatter): Message {
  const title = incident.security
    ? `🔒 Restricted · ${incidentTitle(incident)}`
    : incidentTitle(incident);
  return {
    text: clip(textOf(incident, title), limits.text),
    blocks: [header(title), ...fitting(bodyOf(incident, matter), incidentButtons(incident), 49)],
  };
}

/** What notifications and screen readers say of it. */
const textOf = (incident: Incident, title: string): string =>
  incident.security
    ? lockedText(incident.id, `${severityName(incident.severity)}, ${stateIn(incident)}`)
    : `${line(title)}: ${severityWords(incident)}, ${stateIn(incident)}`;

const stateIn = (incident: Incident): string =>
  silentSince(incident) === null ? incident.state : `${incident.state}, SILENT`;

function bodyOf(incident: Incident, matter: CardMatter): KnownBlock[] {
  return [
    section(headLines(incident).join('\n')),
    ...paragraphs([
      ...evidenceLines(incident),
      ...factLines(incident),
      ...workLines(incident, matter),
    ]),
    ...paragraphs(setupLines(incident)),
    context(smallPrint(incident, matter)),
  ];
}

function headLines(incident: Incident): string[] {
  const { state, target, times } = incident;
  const about = target === null ? noService(state) : code(targetName(target), 130);
  const first = `*${severityWords(incident)}* ${incidentStateWords[state]} · declared ${ago(times.declared)} · ${about}`;
  return [
    first,
    ...silentLine(incident),
    rolesLine(incident),
    ...(isOpen(state) ? [ackLine(incident)] : endLine(incident)),
  ];
}

function silentLine(incident: Incident): string[] {
  const words = silentWords(incident);
  if (words === null) return [];
  return [
    `${words}: no person has given an update, and nobody is reminded any more. *Post update* ends this.`,
  ];
}

/** Without a service nothing is checked, so that whoever reads it is told how to name one. */
const noService = (state: Incident['state']): string =>
  isOpen(state)
    ? `no service is named yet: ${code('/auth incident target SERVICE@ENV')} names it`
    : 'no service was named';

function ackLine({ acknowledged, firstAcknowledged, times }: Incident): string {
  if (acknowledged === null) return ':warning: *Nobody has acknowledged it*';
  const { by, at } = acknowledged;
  const isFirst = firstAcknowledged?.at === at;
  const took = isFirst ? `, after ${formatDuration(at - times.declared)}` : '';
  return `:large_yellow_circle: Acknowledged by ${mention(by)} at ${clockTime(at)}${took}`;
}

function rolesLine({ roles }: Incident): string {
  const { commander, operations, communications, scribe } = roles;
  const who = (role: keyof typeof roleWords, held: typeof commander) =>
    `*${capital(roleWords[role])}* ${held ? mention(held.by) : '_nobody_'}`;
  return [
    who('commander', commander),
    who('communications', communications),
    ...(operations ? [who('operations', operations)] : []),
    ...(scribe ? [who('scribe', scribe)] : []),
  ].join(' · ');
}

function endLine({ resolution, cancelled, times }: Incident): string[] {
  if (cancelled) return [`Cancelled by ${mention(cancelled.by)}: ${prose(cancelled.reason, 300)}`];
  if (!resolution) return [];
  const at = times.resolved ?? resolution.at;
  return [`Resolved by ${mention(resolution.by)} ${moment(at)}: ${prose(resolution.fix, 500)}`];
}

function factLines({ impact, known, doing, updates, state }: Incident): string[] {
  const hit = impact.map((one) => impactWords[one]).join(' · ');
  const next =
    isOpen(state) && updates.next !== null ? `*Next update* ${clockTime(updates.next)}` : null;
  return [
    ...(hit === '' ? [] : [`*Hit* ${hit}`]),
    ...(known === null ? [] : [`*Known* ${prose(known, 600)}`]),
    ...(doing === null ? [] : [`*Doing* ${prose(doing, 600)}`]),
    ...(next === null ? [] : [next]),
  ];
}

function workLines({ watch, state }: Incident, { running, sparkline }: CardMatter): string[] {
  const watched =
    watch && state === 'monitoring'
      ? [
          `*Recovery watch* ${clockTime(watch.from)} → ${clockTime(watch.until)} ${sparkline ?? ''}`.trim(),
        ]
      : [];
  const runs = running.length === 0 ? [] : ['*Going on*', ...running.slice(0, 10)];
  return [...watched, ...runs];
}

/** What of the channel could not be set up, for good or so far: the incident goes on all the same. */
function setupLines({ setup, channel, state }: Incident): string[] {
  const missing = setupSteps.flatMap((step) => {
    const why =
      isOpen(state) || setup[step].kind === 'failed' ? whyMissing(step, setup[step]) : null;
    return why === null ? [] : [`:warning: ${setupWords[step]}: ${why}`];
  });
  const lost = channel?.lost
    ? [`:warning: Nothing can be written into the channel: ${prose(channel.lost, 300)}`]
    : [];
  return [...lost, ...missing];
}

/** Null while nothing is wrong. A card that is not there yet is on its way, and shows by itself that it came. */
function whyMissing(step: SetupStep, state: SetupState): string | null {
  if (state.kind === 'done' || state.why === null) return null;
  const why = prose(state.why, 300);
  if (state.kind === 'failed') return why;
  return step === 'card' ? null : `${why}. It is tried again by itself.`;
}

const setupWords = {
  channel: 'There is no channel',
  invite: 'Not everybody could be invited',
  topic: 'The topic could not be set',
  bookmark: 'The bookmark could not be added',
  card: 'The card could not be posted',
  pin: 'The card could not be pinned',
  announce: 'It could not be announced',
} as const;

const smallPrint = ({ version, changedAt }: Incident, { page }: CardMatter): string =>
  [
    `v${version}`,
    `changed ${moment(changedAt)}`,
    ...(page === null ? [] : [`<${page}|everything, on a page>`]),
  ].join('  ·  ');
