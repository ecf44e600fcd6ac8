import { messageOf } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { Note } from '../../core/incident-note.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import type { Directory } from '../../core/person.ts';
import type { Result } from '../../core/result.ts';
import type { Actor } from '../../incidents/incident-life.ts';
import type { DeskTools } from '../desk-tools.ts';
import type { IncidentTools, SeenMessage } from '../incidents/incident-tools.ts';
import type { Noticed } from './noticed.ts';

/** What it takes to put messages onto timelines. */
export type NoticeTools = Pick<IncidentTools, 'life' | 'messages'> &
  Pick<DeskTools, 'directory' | 'log'>;

/**
 * Does what somebody did to a message of an incident's channel: marks put it onto the timeline at its own time
 * and taking the last mark away takes it off; an edit is a later entry. Done again it changes nothing.
 *
 * @throws whatever Slack or the database throws: then it has to be done again.
 */
export async function takeNoticed(noticed: Noticed, tools: NoticeTools): Promise<void> {
  const incident = await tools.life.inChannel(noticed.channel);
  if (!incident) return;
  switch (noticed.kind) {
    case 'spoke':
      await tools.life.do(incident.id, { kind: 'spoke', by: noticed.by }, null);
      return;
    case 'edited':
      return takeEdit(incident, noticed, tools);
    case 'marked':
      return takeMark(incident, noticed, tools);
  }
}

/** The same for every time that a message is marked. */
export const noteKey = ({ channel, ts }: { channel: string; ts: string }): string =>
  `${channel}:${ts}`;

async function takeMark(
  incident: Incident,
  marked: Extract<Noticed, { kind: 'marked' }>,
  tools: NoticeTools,
): Promise<void> {
  const message = await tools.messages.read(marked);
  const key = noteKey(marked);
  // A message that is gone stays on the timeline: that it was deleted is a later entry.
  if (message === null || message.isOwn) return;
  const isShown = incident.notes[key] === 'shown';
  if (message.isMarked === isShown) return;
  const by = await actorFor(marked.asker, tools);
  if (by === null) return;
  const done = message.isMarked
    ? await tools.life.do(incident.id, noteOf(key, message, marked.how), by)
    : await tools.life.do(incident.id, { kind: 'hide-note', note: key }, by);
  tell(done, incident, tools);
}

/** A message as a note of the timeline. */
export const noteOf = (key: string, message: SeenMessage, how: Note['how']) => ({
  kind: 'add-note' as const,
  note: {
    key,
    how,
    author: message.author,
    text: message.text,
    at: message.at,
    permalink: message.permalink,
    files: message.files,
  },
});

async function takeEdit(
  incident: Incident,
  edited: Extract<Noticed, { kind: 'edited' }>,
  tools: NoticeTools,
): Promise<void> {
  const note = noteKey(edited);
  if (incident.notes[note] === undefined) return;
  const message = await tools.messages.read(edited);
  const text = message?.text ?? null;
  tell(
    await tools.life.do(incident.id, { kind: 'note-changed', note, text }, null),
    incident,
    tools,
  );
}

/** Who did it; null for those whom Gatehouse answers nothing. @throws when nobody knows who that is. */
export async function actorFor(
  { id, team }: { id: string; team: string },
  { directory }: { directory: Directory },
): Promise<Actor> {
  const standing = await directory.standing(id, team);
  if (standing.kind === 'refused') return null;
  if (standing.kind === 'unverified') throw new Error(standing.why);
  return { id, team, holds: standing.person.roles };
}

const tell = (
  done: Result<Incident, IncidentRefusal>,
  { id }: Incident,
  { log }: Pick<NoticeTools, 'log'>,
): void => {
  if (!done.ok) log.debug({ incident: id, why: done.error.kind }, 'A message changed no timeline');
};

/** So often the words of one person in one channel are looked at, in milliseconds. */
const pause = 60_000;
/** So many of them are remembered. */
const most = 2_000;

/** Handles what is noticed: what somebody says counts at most once a minute, and may get lost. */
export function createNotice(
  tools: NoticeTools & Pick<DeskTools, 'clock'>,
): (noticed: Noticed) => Promise<void> {
  const heard = new Map<string, number>();
  return async (noticed) => {
    if (noticed.kind !== 'spoke') return takeNoticed(noticed, tools);
    const key = `${noticed.channel} ${noticed.by}`;
    const now = tools.clock.monotonic();
    if (now - (heard.get(key) ?? Number.NEGATIVE_INFINITY) < pause) return;
    if (heard.size >= most) heard.clear();
    heard.set(key, now);
    await takeNoticed(noticed, tools).catch((error: unknown) => {
      tools.log.debug({ why: messageOf(error) }, 'A sign of life was not noted');
    });
  };
}
