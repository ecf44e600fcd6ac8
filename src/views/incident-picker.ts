import type { Incident } from '../core/incident.ts';
import { limits, section } from './blocks.ts';
import { clip } from './clip.ts';
import { bold, code } from './code.ts';
import { incidentStateWords, incidentTitle, severityWords } from './incident-words.ts';
import { channelMention } from './mention.ts';
import type { Message } from './message.ts';
import { rowBlocks } from './rows.ts';

/** A command that is about an incident, typed where there is none. */
export interface Picker {
  /** The command, without `/auth` and without an incident. */
  typed: string;
  open: readonly Incident[];
}

/** Which incident is meant: a command that only makes sense in one is never answered by silence. */
export function incidentPicker({ typed, open }: Picker): Message {
  const first =
    open.length === 0
      ? `No incident is open, so ${code(`/auth ${typed}`, 200)} is about none. ${code('/auth incident start sev1 login down')} declares one.`
      : `This is not the channel of an incident. Which one is meant? Nothing was done yet.`;
  const rows = open.map((incident) => ({
    line: rowOf(incident),
    more: { label: incident.id, command: `${typed} --incident ${incident.id}` },
  }));
  return { text: clip(first, limits.text), blocks: [section(first), ...rowBlocks(rows, 0)] };
}

const rowOf = (incident: Incident): string =>
  `${bold(incidentTitle(incident))} · ${severityWords(incident)} · ${incidentStateWords[incident.state]}${incident.channel ? ` · ${channelMention(incident.channel.id)}` : ''}`;

/** Several incidents, one line each. */
export function incidentList(incidents: readonly Incident[]): Message {
  const first =
    incidents.length === 0
      ? `There is no such incident. ${code('/auth incident start sev1 login down')} declares one.`
      : `${incidents.length} ${incidents.length === 1 ? 'incident' : 'incidents'}, newest first`;
  const rows = incidents.map((incident) => ({
    line: rowOf(incident),
    more: { label: 'Show', command: `incident show ${incident.id}` },
  }));
  return { text: clip(first, limits.text), blocks: [section(first), ...rowBlocks(rows, 0)] };
}
