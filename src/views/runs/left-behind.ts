import type { Incident } from '../../core/incident.ts';
import { isOver, type Run } from '../../core/run.ts';
import { limits, section } from '../blocks/blocks.ts';
import { buttonRows } from '../blocks/buttons.ts';
import type { Message } from '../blocks/message.ts';
import { incidentTitle } from '../incidents/incident-words.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { channelMention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { stateWords, titleOf } from './run-words.ts';

/** What was taken from somebody, and what is known of it now that the process is gone that took it. */
export interface LeftBehindPage {
  /** In milliseconds since 1970. */
  receivedAt: number;
  /** What they typed, as it can be typed again; null when it was something else. */
  command: string | null;
  /** Whether a button may offer to do it now. */
  again: boolean;
  found: LeftBehindFinding;
}

/** What is known: it became a run, nothing came of it, their word to a run counts or not, or nobody knows. */
export type LeftBehindFinding =
  | { kind: 'run'; run: Run }
  | { kind: 'nothing' }
  | { kind: 'counted'; run: Run }
  | { kind: 'not-counted'; run: Run }
  /** It became an incident, or the incident has a record of them since, or it has none. */
  | { kind: 'incident' | 'incident-heard' | 'incident-unheard'; incident: Incident }
  | { kind: 'unknown' };

/** Tells somebody what became of what they did, because whoever took it could not. */
export function leftBehindMessage(page: LeftBehindPage): Message {
  const text = `Gatehouse was stopped while it worked on ${what(page)}. ${outcome(page)}`;
  const next =
    page.again && page.found.kind === 'nothing' && page.command !== null
      ? [{ label: 'Ask for it now', command: page.command }]
      : [];
  const shown = isAboutIncident(page) ? aboutIncident : text;
  return { text: clip(shown, limits.text), blocks: [section(text), ...buttonRows(next)] };
}

/** What was typed may be what nobody else is to read on a locked telephone. */
const isAboutIncident = ({ command, found }: LeftBehindPage): boolean =>
  'incident' in found || /^(?:help )?incident\b/.test(command ?? '');

const aboutIncident =
  'Gatehouse was stopped while it worked on something of yours about an incident. Open Slack to read what became of it.';

function what({ command, receivedAt, found }: LeftBehindPage): string {
  const name = command === null ? 'what you did' : code(`/auth ${command}`, 400);
  const about = 'run' in found ? ` (${titleOf(found.run)}, ${code(found.run.id)})` : '';
  return `${name} of ${moment(receivedAt)}${command === null ? about : ''}`;
}

function outcome({ found, again }: LeftBehindPage): string {
  switch (found.kind) {
    case 'run':
      return `It is run ${code(found.run.id)}, which is ${wordOf(found.run)}; ${code(`/auth run ${found.run.id}`)} shows all of it. Nothing has to be asked for again${isOver(found.run.state) ? ', unless it is still needed' : ''}.`;
    case 'nothing':
      return `Nothing was done and nothing was asked for. If it is still needed, ${again ? 'press the button, or type it again' : 'type it again'}.`;
    case 'counted':
      return `It was written down before that: the run is ${wordOf(found.run)}. Nothing has to be done again.`;
    case 'not-counted':
      return `It does not count: the run is ${wordOf(found.run)}. If you still mean it, do it again on the card; nothing counts twice.`;
    case 'incident':
      return `It became ${bold(incidentTitle(found.incident))}${found.incident.channel ? `, in ${channelMention(found.incident.channel.id)}` : ''}. Nothing has to be declared again.`;
    case 'incident-heard':
      return `It was written down before that: ${code(found.incident.id, 40)} is ${found.incident.state}, and its timeline shows what you did. Nothing has to be done again.`;
    case 'incident-unheard':
      return `Nothing was done to ${code(found.incident.id, 40)}, which is ${found.incident.state}. If you still mean it, do it again on its card; nothing counts twice.`;
    case 'unknown':
      return `It is not known whether it was done. ${code('/auth')} and ${code('/auth audit')} show how things are; if it was not done and is still needed, do it again.`;
  }
}

const wordOf = ({ state }: Run): string => stateWords[state].replace(/^:\w+: /, '');
