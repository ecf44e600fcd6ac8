import { messageOf } from '../../core/errors.ts';
import type { Incident } from '../../core/incident.ts';
import type { Incidents } from '../../core/incidents.ts';
import { type NoticeTools, noteKey, takeNoticed } from './take-noticed.ts';

/** A message that is marked for the timeline now, and by whom. */
export interface FoundMark {
  channel: string;
  ts: string;
  /** A Slack user id. */
  by: string;
  how: 'reaction' | 'pin';
}

/** What it takes to find marks of which nobody has heard. */
export interface MarkRecovery extends NoticeTools {
  incidents: Pick<Incidents, 'unfinished'>;
  /** The messages of a channel that are marked, from a moment on. @throws when Slack does not say. */
  marked(channel: string, since: number): Promise<readonly FoundMark[]>;
  /** Waits so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Whether nothing more is to be begun. */
  ended(): boolean;
}

/** Clocks may differ by this much; and between two channels Slack has other things to do, in milliseconds. */
const [skew, pause] = [60_000, 1_000];

/**
 * Puts onto the timelines what was marked while nobody was there to hear of it, or the database was away, and takes off
 * what is not marked any more: Slack tells of an event for some minutes only, but how its messages are it says at any
 * time.
 */
export async function recoverMarks(recovery: MarkRecovery): Promise<void> {
  const { incidents, log, sleep, ended } = recovery;
  for (const { incident } of await incidents.unfinished()) {
    if (incident.channel === null || incident.channel.lost !== null) continue;
    if (ended()) return;
    await recoverIn(incident, incident.channel.id, recovery).catch((error: unknown) => {
      const fields = { incident: incident.id, why: messageOf(error) };
      log.warn(fields, 'Marks of the time in which nobody was there were not looked for');
    });
    await sleep(pause);
  }
}

async function recoverIn(incident: Incident, channel: string, recovery: MarkRecovery) {
  const { times, notes, declaredBy } = incident;
  const marked = await recovery.marked(channel, times.declared - skew);
  for (const { by, ...mark } of marked) {
    if (notes[noteKey(mark)] === 'shown') continue;
    const asker = { id: by, team: declaredBy.team };
    await takeNoticed({ kind: 'marked', ...mark, asker }, recovery);
  }
  const still = new Set(marked.map(noteKey));
  for (const { note, ts } of marksIn(incident, channel)) {
    if (still.has(note)) continue;
    if (recovery.ended()) return;
    await takeBack(incident, { note, channel, ts }, recovery);
    await recovery.sleep(pause);
  }
}

/** What stands on the timeline because it was marked in that channel. */
const marksIn = ({ notes, marks = {} }: Incident, channel: string) =>
  Object.keys(marks)
    .filter((note) => notes[note] === 'shown' && note.startsWith(`${channel}:`))
    .map((note) => ({ note, ts: note.slice(channel.length + 1) }));

/** What was found may not be all that is marked: each message says for itself. One that is gone stays as it is. */
async function takeBack(
  { id }: Incident,
  { note, ...place }: { note: string; channel: string; ts: string },
  { messages, life }: MarkRecovery,
): Promise<void> {
  const message = await messages.read(place);
  if (message === null || message.isMarked) return;
  await life.do(id, { kind: 'mark-gone', note }, null);
}
