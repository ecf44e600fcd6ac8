import type { Incident } from '../../core/incident.ts';
import { noticeOf, noticeSubject } from '../../core/incident-notice.ts';
import type { IncidentMessage } from '../../core/incidents.ts';
import type { LeftOut, LeftOutAt, WaitingNotice } from '../../core/outbox.ts';
import { longestCardWait, mostWaiting, ofThePast, restPriority } from '../outbox/outbox-rules.ts';
import { isOwed, type MemoryRow, newRow, wantMore } from './memory-outbox-row.ts';

/** The rows of an outbox in memory, and the name of the row of one message. */
type Rows = Map<string, MemoryRow>;

/** The name of the row of one message. */
export const rowId = (subject: string, kind: string, to: string): string =>
  JSON.stringify([subject, kind, to]);

/** Adds the notices of a change, and asks all live cards of the incident to show it; answers how many. */
export function raiseIncident(
  rows: Rows,
  { id, version, severity }: Incident,
  messages: readonly IncidentMessage[],
  now: number,
): number {
  const add = (subject: string, { kind, to }: IncidentMessage) => {
    const name = rowId(subject, kind, to);
    const row = rows.get(name) ?? newRow({ id: name, kind, subject, to }, now);
    rows.set(name, row);
    row.rank = severity - 1;
    return row;
  };
  const named = messages.toSorted((a, b) => byName(a.to, b.to) || b.urgency - a.urgency);
  for (const one of named.filter(({ kind }) => kind === 'incident')) add(id, one);
  const cards = liveCards(rows, id);
  for (const card of cards) {
    const mine = named.findLast(({ kind, to }) => kind === 'incident' && to === card.to);
    card.rank = severity - 1;
    const next = Math.max(card.wanted === 0 ? 0 : card.wanted + 1, version);
    wantMore(card, next, mine?.urgency ?? restPriority, now);
    card.nextAt = Math.min(card.nextAt, now + longestCardWait);
  }
  const notices = named.filter(({ kind }) => kind === 'notice');
  for (const one of notices) wantMore(add(noticeSubject(id, version), one), 1, one.urgency, now);
  return cards.length + notices.length;
}

/** As a database adds them: of what is as urgent the first goes first. */
const byName = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Asks the live cards of an incident to be shown anew; answers how many there are. */
export function refreshIncident(rows: Rows, id: string, now: number): number {
  const cards = liveCards(rows, id);
  for (const card of cards) wantMore(card, card.wanted + 1, restPriority, now);
  return cards.length;
}

const liveCards = (rows: Rows, id: string): MemoryRow[] =>
  [...rows.values()].filter(({ kind, subject }) => kind === 'incident' && subject === id);

/** Leaves out the notices that are of the past; see `Outbox.compact`. */
export function compactNotices(rows: Rows, olderThan: number, now: number): readonly LeftOut[] {
  const waiting = [...rows.values()].flatMap(waitingNotice);
  const past = waiting.filter(
    ({ row, incident, version }) =>
      row.addedAt < now - olderThan &&
      row.priority > 0 &&
      (row.priority > 1 ||
        waiting.some(
          (other) =>
            other.row.priority === 1 &&
            other.row.to === row.to &&
            other.incident === incident &&
            other.version > version,
        )),
  );
  const counts = new Map<string, LeftOut>();
  for (const { row, incident } of past) {
    row.gaveUp = ofThePast;
    row.nextAt = now;
    const name = JSON.stringify([incident, row.to]);
    counts.set(name, { incident, to: row.to, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** A notice that nobody has begun to send: of what was taken and not reported on, nobody knows. */
function waitingNotice(row: MemoryRow) {
  const isFree = !row.ambiguous && row.takenUntil === null;
  if (row.kind !== 'notice' || !isFree || !isOwed(row)) return [];
  const notice = noticeOf(row.subject);
  return notice ? [{ row, ...notice }] : [];
}

/** The notices that were left out since then; see `Outbox.leftOut`. */
export const leftOutNotices = (rows: Rows, since: number): readonly LeftOutAt[] =>
  [...rows.values()]
    .filter(({ gaveUp, nextAt }) => gaveUp === ofThePast && nextAt >= since)
    .toSorted((a, b) => a.nextAt - b.nextAt)
    .slice(0, mostWaiting)
    .map(({ subject, to, nextAt }) => ({ incident: subject.split('/')[0] ?? '', to, at: nextAt }));

/** The notices that wait to be sent; see `Outbox.waiting`. */
export const waitingNotices = (rows: Rows, now: number): readonly WaitingNotice[] =>
  [...rows.values()]
    .filter((row) => row.kind === 'notice' && isOwed(row))
    .toSorted((a, b) => a.priority - b.priority || a.addedAt - b.addedAt)
    .slice(0, mostWaiting)
    .map(({ subject, to, priority, addedAt }) => ({
      ...{ subject, to },
      urgency: priority,
      waited: now - addedAt,
    }));
