import { type Incident, isOpen } from '../core/incident.ts';
import { limits, section } from './blocks.ts';
import { clip } from './clip.ts';
import { clockTime } from './clock-time.ts';
import { bold, code } from './code.ts';
import { incidentStateWords, incidentTitle, severityWords } from './incident-words.ts';
import { lockedText } from './locked-text.ts';
import { channelMention, mention } from './mention.ts';
import type { Message } from './message.ts';

/** What whoever declared an incident hears at once, before there is a channel. */
export function declaredMessage(incident: Incident): Message {
  const { roles, rules, severity } = incident;
  const lead = roles.commander
    ? `${mention(roles.commander.by)} leads it until somebody else takes over.`
    : 'Nobody leads it yet.';
  const where = incident.channel
    ? `Its channel is ${channelMention(incident.channel.id)}.`
    : 'Its channel comes in a few seconds.';
  const patience = rules.clock[severity].acknowledge;
  const until =
    patience === null || incident.acknowledged
      ? ''
      : ` Somebody has to acknowledge it by ${clockTime(incident.times.declared + patience)}.`;
  const said = `:rotating_light: ${bold(incidentTitle(incident))} is declared: ${severityWords(incident)}. ${where} ${lead}${until}`;
  return one(said, incident.security ? lockedText(incident.id, 'declared') : said);
}

/** What whoever did something to an incident hears. */
export function didMessage({ did, incident }: { did: string; incident: Incident }): Message {
  const next =
    isOpen(incident.state) && incident.updates.next !== null
      ? ` Next update ${clockTime(incident.updates.next)}.`
      : '';
  // Whoever may help but not read it hears nothing of what it is about.
  const seen = incident.security ? { ...incident, target: null } : incident;
  return one(
    `${did}. ${code(incident.id, 40)} is ${severityWords(seen)}, ${incidentStateWords[incident.state]}.${next}`,
  );
}

const one = (said: string, text = said): Message => ({
  text: clip(text, limits.text),
  blocks: [section(said)],
});
