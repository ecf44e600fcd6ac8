import { type Incident, isOpen } from '../../core/incident.ts';
import { severityName } from '../../core/severity.ts';
import { targetName } from '../../core/target.ts';
import { incidentStateWords } from './incident-words.ts';

/** What somebody reads by mail or webhook, in plain words. */
export interface PageWords {
  subject: string;
  text: string;
}

const away = 'Slack cannot be reached';
/** The longest title that a line has room for. */
const longest = 150;

/** What a contact is told who could not be called in Slack; of what is about security nothing but its id. */
export function pageWords(incident: Incident, contact: string): PageWords {
  const { id, security, severity, title, target, state, times, known } = incident;
  if (security) return { subject: id, text: `${id} needs you. ${away}.` };
  const name = plain(title).slice(0, longest).toWellFormed();
  const about = target === null ? [] : [`About: ${targetName(target)}`];
  const since = new Date(times.started ?? times.declared).toISOString().slice(0, 16);
  const lines = [
    `You are called to ${id} as ${contact}. ${away}; the same waits for you there.`,
    '',
    `${severityName(severity)}: ${name}`,
    ...about,
    `State: ${isOpen(state) ? incidentStateWords[state] : state}`,
    `Since: ${since.replace('T', ' ')} UTC`,
    ...(known === null ? [] : [`Known: ${plain(known).slice(0, 1_000).toWellFormed()}`]),
    '',
    'Nobody may have told the others: say to somebody by telephone that you are on it.',
  ];
  return { subject: `${severityName(severity)} ${id}: ${name} (${away})`, text: lines.join('\n') };
}

/** In one line, without anything that a header or a terminal would take for its own. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim();
