import type { Incident } from '../../core/incident.ts';
import { silentFirst, silentSince } from '../../core/silence.ts';
import { limits, section } from '../blocks/blocks.ts';
import { typing } from '../blocks/buttons.ts';
import type { Message } from '../blocks/message.ts';
import { rowBlocks } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { bold, code } from '../text/code.ts';
import { channelMention } from '../text/mention.ts';
import { incidentStateWords, incidentTitle, severityWords, silentWords } from './incident-words.ts';

/** A command that is about an incident, typed where there is none. */
export interface Picker {
  /** The command, without `/auth` and without an incident. */
  typed: string;
  open: readonly Incident[];
  /** Whether the command changes something: then its button does exactly what was typed to what is chosen. */
  changes: boolean;
}

/** Which incident is meant: a command that only makes sense in one is never answered by silence. */
export function incidentPicker({ typed, open, changes }: Picker): Message {
  const first =
    open.length === 0
      ? `No incident is open, so ${code(`/auth ${typed}`, 200)} is about none. ${code('/auth incident start sev1 login down')} declares one.`
      : `This is not the channel of an incident. Which one is meant by ${code(`/auth ${typed}`, 300)}?${changes ? ' Nothing was done yet.' : ''}`;
  const rows = open.map((incident, index) =>
    section(rowOf(incident), picking(incident, typed, index, changes)),
  );
  return { text: clip(first, limits.text), blocks: [section(first), ...rows] };
}

/** Types what was typed, with the incident; none where that is longer than a button can carry. */
function picking({ id }: Incident, typed: string, index: number, changes: boolean) {
  const next = { label: id, command: `${typed} --incident=${id}` };
  return typing(next, index, changes ? 'pick' : 'ask') ?? undefined;
}

const rowOf = (incident: Incident): string =>
  `${silentIn(incident)}${bold(incidentTitle(incident))} · ${severityWords(incident)} · ${incidentStateWords[incident.state]}${incident.channel ? ` · ${channelMention(incident.channel.id)}` : ''}`;

const silentIn = (incident: Incident): string => {
  const words = silentWords(incident);
  return words === null ? '' : `${words} · `;
};

/** So many fit with a button each. */
const mostListed = 20;

/** Several incidents, one line each: first those of which nobody says anything any more. */
export function incidentList({ incidents }: { incidents: readonly Incident[] }): Message {
  const first =
    incidents.length === 0
      ? `There is no such incident. ${code('/auth incident start sev1 login down')} declares one.`
      : listTitle(incidents);
  const rows = silentFirst(incidents)
    .slice(0, mostListed)
    .map((incident) => ({
      line: rowOf(incident),
      more: { label: 'Show', command: `incident show ${incident.id}` },
    }));
  return { text: clip(first, limits.text), blocks: [section(first), ...rowBlocks(rows, 0)] };
}

function listTitle(incidents: readonly Incident[]): string {
  const count = incidents.length;
  const silent = incidents.some((one) => silentSince(one) !== null);
  const order = silent ? 'silent ones first, then the newest' : 'newest first';
  const shown = count > mostListed ? `; ${mostListed} of them are shown` : '';
  return `${count} ${count === 1 ? 'incident' : 'incidents'}, ${order}${shown}`;
}
