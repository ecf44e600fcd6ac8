import type { AuditRecord } from '../../core/audit.ts';
import type { Incident } from '../../core/incident.ts';
import type { MissedPromise } from '../../core/incident-report.ts';
import type { Json } from '../../core/json.ts';

/** What of a record says how promises were kept. */
export type ReadRecord = Pick<AuditRecord, 'id' | 'at' | 'event' | 'facts'>;

/** What was promised and did not come at its time, from the records, which may come in any order. */
export function missedUpdates(records: readonly ReadRecord[]): MissedPromise[] {
  const inOrder = records.toSorted((a, b) => a.id - b.id);
  const all = inOrder.flatMap((record, index) =>
    posts.includes(record.event) ? ofPost(record) : ofPace(record, inOrder.slice(index + 1)),
  );
  const known = all.filter((one) => one.kind === 'update').toSorted((a, b) => a.due - b.due);
  const more = all.reduce((sum, one) => sum + (one.kind === 'more-updates' ? one.count : 0), 0);
  return [...known, ...(more > 0 ? [{ kind: 'more-updates', count: more } as const] : [])];
}

const posts: readonly string[] = ['incident.updated', 'incident.unchanged'];

/** An update that came late, and those that did not come and that it stands for. */
function ofPost({ at: came, facts }: ReadRecord): MissedPromise[] {
  const slot = figure(facts.slot);
  const update = figure(facts.update);
  const isLate = slot !== null && (figure(facts.lateBy) ?? 0) > 0;
  const own = { kind: 'update', due: slot ?? came, came, update, merged: false } as const;
  return [
    ...(isLate ? [own] : []),
    ...slotsOf(facts.mergedSlots, figure(facts.merged), { came, update }),
  ];
}

/** What had been due when the pace was changed: the next update stands for it. */
function ofPace({ facts }: ReadRecord, later: readonly ReadRecord[]): MissedPromise[] {
  const next = later.find(({ event }) => posts.includes(event));
  const update = next ? figure(next.facts.update) : null;
  return slotsOf(facts.missedSlots, figure(facts.missed), { came: next?.at ?? null, update });
}

/** Each slot that is written down, and how many are not. */
function slotsOf(
  slots: Json | undefined,
  count: number | null,
  into: { came: number | null; update: number | null },
): MissedPromise[] {
  const known = Array.isArray(slots) ? slots.flatMap((one: Json) => figure(one) ?? []) : [];
  const unknown = Math.max(0, (count ?? 0) - known.length);
  return [
    ...known.map((due) => ({ kind: 'update', due, ...into, merged: true }) as const),
    ...(unknown > 0 ? [{ kind: 'more-updates', count: unknown } as const] : []),
  ];
}

const figure = (value: Json | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** What was to be done by a date that has passed: not done yet, or later. */
export const missedFollowUps = (
  { followUps }: Pick<Incident, 'followUps'>,
  now: number,
): MissedPromise[] =>
  followUps
    .flatMap(({ id, text, due, done }) =>
      due !== null && (done?.at ?? now) > due
        ? [{ kind: 'follow-up', id, text, due, done: done?.at ?? null } as const]
        : [],
    )
    .toSorted((a, b) => a.due - b.due);
