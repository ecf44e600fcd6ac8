import { type Incident, isOpen } from '../../core/incident.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { clockTime } from '../text/clock-time.ts';
import { bold, code } from '../text/code.ts';
import { lockedText } from '../text/locked-text.ts';
import { channelMention, mention } from '../text/mention.ts';
import { incidentStateWords, incidentTitle, severityWords } from './incident-words.ts';

/** The page of an incident; null where there is none. */
export interface PageOffer {
  incident: Pick<Incident, 'id'>;
  page: string | null;
}

/** What whoever declared an incident hears at once, before there is a channel. */
export function declaredMessage(incident: Incident): Message {
  const { roles, rules, severity } = incident;
  const lead = roles.commander
    ? `${roles.commander.by === incident.declaredBy.id ? 'You lead' : `${mention(roles.commander.by)} leads`} it until somebody else takes over.`
    : 'Nobody leads it yet.';
  const where = incident.channel
    ? `Its channel is ${channelMention(incident.channel.id)}.`
    : 'Its channel comes in a few seconds.';
  const patience = rules.clock[severity].acknowledge;
  const until =
    patience === null || incident.acknowledged
      ? ''
      : ` Somebody has to acknowledge it by ${clockTime(incident.times.declared + patience)}.${calledText(incident)}`;
  if (isAnnouncedIn(incident, incident.declaredIn)) {
    return one(
      `:rotating_light: ${code(incident.id, 40)} is declared, and is announced here. ${where}${until}`,
    );
  }
  const said = `:rotating_light: ${bold(incidentTitle(incident))} is declared: ${severityWords(incident)}. ${where} ${lead}${until}`;
  return one(said, incident.security ? lockedText(incident.id, 'declared') : said);
}

/** Who was called at once because of it. */
function calledText({ escalations, times }: Incident): string {
  const called = escalations.filter(({ at }) => at === times.declared);
  const people = [...new Set(called.flatMap((one) => one.people))];
  if (people.length === 0) return '';
  return ` ${people.map(mention).join(' and ')} ${people.length === 1 ? 'is' : 'are'} called.`;
}

/** Whether what is declared is said where it was asked for as well, for everybody. */
const isAnnouncedIn = ({ rules, security }: Incident, askedIn: string | null): boolean =>
  !security && askedIn !== null && askedIn === rules.channels.announce;

/** What somebody has done to an incident, and in which channel they asked for it; null in none. */
export interface Did {
  did: string;
  incident: Incident;
  askedIn?: string | null;
}

const readsThere = ({ channel }: Incident, askedIn: string): boolean =>
  channel?.lost === null && channel.id === askedIn;

/** What whoever did something to an incident hears. */
export function didMessage({ did, incident, askedIn = null }: Did): Message {
  // There the card and the notice say the rest of it, to everybody.
  if (askedIn !== null && readsThere(incident, askedIn)) return one(`${did}.`);
  const next =
    isOpen(incident.state) && incident.updates.next !== null
      ? ` Next update ${clockTime(incident.updates.next)}.`
      : '';
  // Whoever may help but not read it hears nothing of what it is about.
  const seen = incident.security ? { ...incident, target: null } : incident;
  return one(
    `${did}. ${code(incident.id, 40)} is ${severityWords(seen)}, ${incidentStateWords[incident.state]}${roomText(seen)}.${next}`,
  );
}

/** Where people work on it; of what is about security that is said to nobody by the way. */
const roomText = ({ channel, security }: Incident): string =>
  channel?.lost === null && !security ? `, in ${channelMention(channel.id)}` : '';

/** Where whoever asked can read everything about an incident. */
export function pageMessage({ incident: { id }, page }: PageOffer): Message {
  if (page === null) {
    return one(
      `There is no page of ${code(id, 40)} here. ${code(`/auth incident timeline ${id} --all`)} sends all of it as a file.`,
    );
  }
  const said = `<${page}|Everything about ${id}>: its timeline, its promises and its chart. The link is yours, for a day; others ask for their own.`;
  return one(said, `Everything about ${id}, on a page of your own.`);
}

const one = (said: string, text = said): Message => ({
  text: clip(text, limits.text),
  blocks: [section(said)],
});
