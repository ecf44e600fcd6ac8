import type { AuditEntry } from '../../core/audit.ts';
import type { Incident } from '../../core/incident.ts';
import { silentSince } from '../../core/silence.ts';
import { overdueBy, reminderBefore } from '../deadlines/updates.ts';
import { decided } from '../decided.ts';
import { inRoom, toPeople } from '../places.ts';
import { posted } from '../updating/posted.ts';
import { slotAfter } from '../updating/update-slots.ts';
import type { Due, WhenDue } from './due.ts';
import { remindedAt } from './reminders.ts';

/**
 * The update that comes by itself. Slots that have passed meanwhile are merged into this one, which says so;
 * so is what was overdue, and whoever should have heard of that hears of this. The next one is on the grid.
 */
export const dueUpdate: WhenDue = (incident, due, { now, reach }) => {
  const { next: slot, every } = incident.updates;
  const { after: counted, facts } = posted(incident, now, false);
  const next = slot === null || every === null ? null : slotAfter(incident, slot, every, now);
  const late = counted.updates.late > incident.updates.late;
  const paced = { ...counted, updates: { ...counted.updates, next } };
  const away = due.absence !== null || facts.merged !== 0;
  const after = late ? caughtUp(paced, now, away) : paced;
  const reached = overdueBy(incident, now);
  const missed = late && reached > (incident.counted.overdue?.done ?? 0);
  const ends = silentSince(incident) === null && silentSince(after) !== null;
  const { people, contacts } = missed
    ? remindedAt(incident, reached - 1, reach)
    : { people: [], contacts: [] };
  const said = { ...facts, ...saidBy(incident, due), people, contacts, ...(ends && { ends }) };
  return decided(after, 'updated', said, [...inRoom(after, 1), ...toPeople(people, 1)]);
};

/**
 * What nobody could be told while nobody was there is told by this one message. Whoever acknowledged could not
 * say meanwhile that they were on it, so that this counts from now on.
 */
function caughtUp(incident: Incident, now: number, away: boolean): Incident {
  const { overdue, ...counted } = incident.counted;
  const { next } = incident.updates;
  const done = overdueBy(incident, now);
  const soon = next !== null && next - reminderBefore <= now;
  return {
    ...incident,
    counted: {
      ...counted,
      ...(overdue && { overdue: { ...overdue, done: Math.max(overdue.done, done) } }),
      ...(soon && next !== null && { reminder: { from: next, done: 0 } }),
      ...(away && incident.acknowledged && { 'still-on-it': { from: now, done: 0 } }),
    },
  };
}

/** What the update says: the figures as they were gathered, which never change afterwards. */
function saidBy(incident: Incident, { figures, absence }: Due): AuditEntry['facts'] {
  return {
    author: null,
    automatic: true,
    known: incident.known,
    doing: incident.doing,
    lastByPerson: incident.updates.lastByPerson,
    figures: figures && {
      health: figures.health,
      change: figures.change,
      done: [...figures.done],
      running: [...figures.running],
      chart: figures.chart && { ...figures.chart },
    },
    ...(absence && { absence: { ...absence } }),
  };
}
