import type { AuditRecord } from '../../../core/audit.ts';
import { formatDuration } from '../../../core/duration.ts';
import type { IncidentRole } from '../../../core/incident.ts';
import { clockTime } from '../../text/clock-time.ts';
import { code } from '../../text/code.ts';
import { type Facts, figureIn, listIn, textIn, textsIn } from '../../text/fact.ts';
import { mention } from '../../text/mention.ts';
import { prose } from '../../text/prose.ts';
import { dutyWords } from '../incident-words.ts';
import type { NoticeReader } from './notice-reader.ts';

/** A notice in words, all of it escaped. */
export interface Words {
  sign: string;
  said: string;
  /** Paragraphs below. */
  more?: readonly string[];
  buttons?: readonly NoticeButton[];
}

/** What can be answered to a notice at once. */
export interface NoticeButton {
  deed: string;
  label: string;
  extra?: string;
  style?: 'primary' | 'danger';
}

/** Says one kind of record. */
export type Say = (facts: Facts, record: AuditRecord, reader: NoticeReader) => Words;

/** Who did it, as people read it. */
export function by({ actor }: Pick<AuditRecord, 'actor'>): string {
  const id = whoIn(actor);
  return id === null ? ' by itself' : ` by ${mention(id)}`;
}

/** The Slack user id of an actor; null for Gatehouse itself. */
export const whoIn = (actor: string): string | null => /^user:\w+\/(\w+)$/.exec(actor)?.[1] ?? null;
/** Somebody in a sentence. */
export const who = (id: string | null): string =>
  id === null ? 'nobody' : id === 'gatehouse' ? 'Gatehouse itself' : mention(id);
/** A reason after a colon, when there is one. */
export const because = (facts: Facts, name = 'reason'): string => {
  const reason = textIn(facts, name);
  return reason === null ? '' : `: ${prose(reason, 500)}`;
};
/** What the role of a record is called. */
export const role = (facts: Facts): string =>
  dutyWords[(textIn(facts, 'role') ?? 'commander') as IncidentRole];
/** The title of the incident, as it was then. */
export const titled = (facts: Facts): string => prose(textIn(facts, 'title') ?? '', 200);

/** What it is about, behind the severity; nothing where no service was named. */
export const aboutTarget = (facts: Facts): string => {
  const target = textIn(facts, 'target');
  return target === null ? '' : ` · ${code(target, 130)}`;
};

/** How long somebody has to answer, in milliseconds, where a record does not say until when. */
export const patience = { stillOnIt: 5 * 60_000, role: 10 * 60_000 } as const;

/** Who was called, one sentence for each name that was tried. */
export function callLines(facts: Facts): string[] {
  return listIn(facts, 'calls').map((call) => {
    const people = listed(textsIn(call, 'people').map(mention));
    const contact = code(textIn(call, 'contact') ?? '–', 60);
    const why = textIn(call, 'why');
    return people === ''
      ? `:warning: Nobody could be called as ${contact}${why === null ? '' : `: ${prose(why, 300)}`}.`
      : `Called ${people} as ${contact}`;
  });
}

/** Some of them in a sentence: `a, b and c`. */
export const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;

/** How many updates were due before the pace changed and have not come; nothing where all had come. */
export function missedLines(facts: Facts): string[] {
  const missed = figureIn(facts, 'missed') ?? 0;
  if (missed === 0) return [];
  const were = missed === 1 ? 'One update was' : `${missed} updates were`;
  return [
    `:hourglass: ${were} due before that and did not come; the next one stands for that as well.`,
  ];
}

/** What somebody answers who was called. */
export const come = (facts: Facts, reader: NoticeReader): NoticeButton[] => {
  const contact = listIn(facts, 'calls').findLast((call) => textsIn(call, 'people').length > 0);
  const extra = contact && textIn(contact, 'contact');
  if (reader !== 'person' || !extra) return [];
  return [
    { deed: 'on-it', label: 'I’m on it', extra, style: 'primary' },
    { deed: 'not-me', label: 'Not me, the next one', extra },
  ];
};

/** What is to be done when nobody is on it. */
export const claimIt: NoticeButton[] = [
  { deed: 'acknowledge', label: 'Acknowledge', style: 'primary' },
  { deed: 'update', label: 'Post update' },
];

/** What is to be done when an update is due. */
export const write: NoticeButton[] = [
  { deed: 'update', label: 'Write it', style: 'primary' },
  { deed: 'no-change', label: 'Still on it, no change' },
  { deed: 'snooze', label: 'Remind me in 15 minutes' },
];

/** Who had a role before; nothing where that is who has it now. */
export const had = (facts: Facts, now: string | null = null): string => {
  const before = textIn(facts, 'had');
  return before === null || before === now ? '' : ` (until now ${who(before)})`;
};

/** Within which time it was promised. */
export const limitOf = (facts: Facts): string => {
  const within = figureIn(facts, 'within');
  return within === null ? '' : ` (promised within ${formatDuration(within)})`;
};

/** When a person last said something. */
export const lastWord = (facts: Facts): string => {
  const last = figureIn(facts, 'lastByPerson');
  return last === null ? 'it was declared' : clockTime(last);
};

/** Until when the checks are watched. */
export const watchedUntil = (facts: Facts): string => {
  const until = figureIn(facts, 'watchUntil');
  return until === null ? '' : `. The checks are watched until ${clockTime(until)}`;
};
