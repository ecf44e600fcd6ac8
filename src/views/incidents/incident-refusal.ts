import type { ActionsBlock, Button } from '@slack/types';
import { formatDuration } from '../../core/duration.ts';
import type { IncidentState } from '../../core/incident.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { rolesText } from '../runs/run-votes.ts';
import { capital } from '../text/capital.ts';
import { clip } from '../text/clip.ts';
import { clockTime } from '../text/clock-time.ts';
import { bold, code } from '../text/code.ts';
import { mention } from '../text/mention.ts';
import { ago } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { writeIncidentHandle } from './incident-handle.ts';
import { holderWords, incidentTitle, severityWords } from './incident-words.ts';

/** Why nothing was done to an incident, and what to do next. */
export function incidentRefusalMessage(refusal: IncidentRefusal): Message {
  const sentence = incidentRefusalSentence(refusal);
  return { text: clip(sentence, limits.text), blocks: [section(sentence), ...pleaBlocks(refusal)] };
}

/** Asks those who may, where there is a way to. */
function pleaBlocks(refusal: IncidentRefusal): ActionsBlock[] {
  if (refusal.kind !== 'may-not' || refusal.plea === undefined) return [];
  const { wish, ...incident } = refusal.plea;
  const ask: Button = {
    type: 'button',
    action_id: 'incident:plea',
    value: writeIncidentHandle(incident, wish),
    text: { type: 'plain_text', text: 'Ask them', emoji: false },
  };
  return [{ type: 'actions', elements: [ask] }];
}

/** One refusal in words, escaped. There is no default: a new kind must get its sentence. */
export function incidentRefusalSentence(refusal: IncidentRefusal): string {
  switch (refusal.kind) {
    case 'no-such-incident':
      return `There is no incident ${code(refusal.id, 40)}, so nothing was done. ${code('/auth incident list')} shows those there are.`;
    case 'out-of-date':
      return `This card was out of date: ${code(refusal.id, 40)} is ${refusal.now} now${by(refusal.by)}, changed ${ago(refusal.at)}. Nothing was done; the card shows how it is.`;
    case 'already':
      return `It is ${prose(refusal.what, 300)} already${sinceWhen(refusal)}. Nothing was changed.`;
    case 'not-from-here':
      return `An incident that is ${refusal.from} cannot become ${refusal.to} like this, so nothing was done.${otherWay(refusal.to)}`;
    case 'over':
      return `${code(refusal.id, 40)} is ${refusal.state}, so nothing was done. If it goes on after all, ${code('/auth incident reopen')} opens it again.`;
    case 'needs-reason':
      return reasonSentence(refusal);
    case 'duplicate':
      return duplicateSentence(refusal);
    case 'needs-watch':
      return `The recovery watch has not passed: the checks have to stay good for a while first. Nothing was done. Wait for it, or resolve it anyway and say why.`;
    case 'may-not':
      return mayNotSentence(refusal);
    case 'unverified':
      return `Slack does not say who you are at the moment (${code(refusal.why, 200)}), so nothing was changed. Acknowledging, calling somebody with ${code('/auth incident escalate')} and ${code('/auth incident note')} still work, and updates for those who have a role in it.`;
    case 'not-yours':
      return `${capital(prose(refusal.what, 300))} is not yours to answer${refusal.whose === null ? '' : `: it is up to ${mention(refusal.whose)}`}. Nothing was done.`;
    case 'out-of-bounds':
      return `${capital(prose(refusal.what, 300))} can be between ${formatDuration(refusal.least)} and ${formatDuration(refusal.most)}. Nothing was changed.`;
    case 'wrong-times':
      return `The times do not fit together: ${prose(refusal.why, 300)}. Nothing was done.`;
    case 'unknown-contact':
      return `Nobody on the ladder is called ${code(refusal.name, 80)}. There are ${refusal.known.map((one) => code(one, 80)).join(', ') || 'no contacts at all'}. Nobody was called.`;
    case 'not-now':
      return `${prose(refusal.why, 500)} Nothing was done.`;
    case 'unavailable':
      return `The database does not answer (${code(refusal.why, 200)}), so nothing was done. What stands in Slack still holds; try again in a moment.`;
  }
}

/** By whom and when, as far as that is known. */
function sinceWhen({ by: who, at }: Extract<IncidentRefusal, { kind: 'already' }>): string {
  const parts = [...(who === null ? [] : [by(who).trim()]), ...(at === null ? [] : [ago(at)])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function reasonSentence(refusal: Extract<IncidentRefusal, { kind: 'needs-reason' }>): string {
  const { what, atLeast, said = 'the reason', flag } = refusal;
  const length = atLeast > 1 ? ` in at least ${atLeast} characters` : '';
  const how = flag === undefined ? '' : `; a command takes it as ${code(`--${flag} "…"`)}`;
  return `To ${prose(what, 300)}, ${said} has to be said${length}, for the timeline. Nothing was done${how}.`;
}

/** How it becomes what it cannot be moved to. */
function otherWay(to: IncidentState): string {
  const typed: Partial<Record<IncidentState, string>> = {
    resolved: 'incident resolve',
    closed: 'incident review --publish',
    cancelled: 'incident cancel',
  };
  const name = typed[to];
  return name === undefined ? '' : ` ${code(`/auth ${name}`)} is the way, as soon as it can be.`;
}

const by = (who: string | null): string =>
  who === null ? '' : who === 'gatehouse' ? ' by Gatehouse itself' : ` by ${mention(who)}`;

function mayNotSentence({
  what,
  roles,
  holders,
}: Extract<IncidentRefusal, { kind: 'may-not' }>): string {
  const held = holders.length === 0 ? [] : [`somebody with the role ${rolesText(holders)}`];
  const who = [...roles.map((role) => holderWords[role]), ...held].join(' or ');
  const may = `may ${prose(what, 300)}. Nothing was done`;
  return who === '' ? `Nobody here ${may}.` : `Only ${who} ${may}; ask them.`;
}

/** That it was declared already, by whom, and how to join it. */
export function duplicateSentence({
  incident,
  wanted,
}: Extract<IncidentRefusal, { kind: 'duplicate' }>): string {
  const { id, declaredBy, times, severity } = incident;
  const worse = wanted !== null && wanted < severity;
  const raise = worse
    ? ` You say that it is worse: ${code(`/auth incident sev ${wanted} --incident ${id}`)} raises it.`
    : '';
  return `${code(id, 40)} was declared of the same ${ago(times.declared)} by ${mention(declaredBy.id)}: ${bold(incidentTitle(incident))}, ${severityWords(incident)}. Nothing else was declared, and nobody else was called.${raise} ${code(`/auth incident join ${id}`)} lets you in.`;
}

/** A promise as a clock time. */
export const promised = (at: number): string => `*${clockTime(at)}*`;
