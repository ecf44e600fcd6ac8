import { type Incident, type IncidentState, isOpen } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { type Decide, decided, isReason, leastReason, refused } from '../decided.ts';
import { inRoom } from '../places.ts';
import { clockOf, isGrave } from '../updating/clock-of.ts';
import { settleMissed } from '../updating/missed.ts';
import { posted } from '../updating/posted.ts';
import { promised } from '../updating/repaced.ts';
import { nextFrom } from '../updating/update-slots.ts';
import { mayMove, movedTo } from './move.ts';

type Of<Kind extends IncidentDeed['kind']> = Extract<IncidentDeed, { kind: Kind }>;

const over = ({ id, state }: Incident) => refused({ kind: 'over', id, state });

/** The same again within this many milliseconds is the same update. */
const soon = 60_000;

/** Somebody says what is known: the clock begins anew from here. */
export const update: Decide<Of<'update'>> = (incident, deed, { by, now }) => {
  if (!isOpen(incident.state)) return over(incident);
  const wrong = wrongUpdate(incident, deed, now);
  if (wrong) return refused(wrong);
  const to = deed.state === null || deed.state === incident.state ? null : deed.state;
  const moved = to === null ? incident : movedTo(incident, to, now);
  const { rules, security } = incident;
  const { after, facts } = posted(
    { ...moved, known: deed.known ?? incident.known, doing: deed.doing ?? incident.doing },
    now,
    true,
  );
  const next = deed.nextIn === null ? nextFrom(after, now, after.updates.every) : now + deed.nextIn;
  const kept = promised({ ...after, updates: { ...after.updates, unchanged: 0 } }, next);
  const { known, doing, need, stakeholders, reason } = deed;
  const author = by?.id ?? null;
  const watchUntil = to === 'monitoring' ? (kept.watch?.until ?? null) : null;
  const said = { known, doing, need, stakeholders, reason, to, watchUntil, author };
  const elsewhere = stakeholders === null || security ? null : rules.channels.stakeholders;
  return decided(kept, 'updated', { ...facts, ...said }, [
    ...inRoom(kept, 1),
    ...(elsewhere === null ? [] : [{ kind: 'notice', to: elsewhere, urgency: 1 } as const]),
  ]);
};

const whatIsNew = 'what is known or what is being done';

/** Why an update cannot be posted so. */
function wrongUpdate(incident: Incident, deed: Of<'update'>, now: number): IncidentRefusal | null {
  const { known, doing, need, stakeholders, nextIn } = deed;
  if ([known, doing, need, deed.state, nextIn, stakeholders].every((one) => one === null)) {
    return { kind: 'needs-reason', what: 'post an update', said: whatIsNew, atLeast: 1 };
  }
  if (isSame(incident, deed, now)) {
    const { last } = incident.updates;
    return { kind: 'already', what: 'posted', by: null, at: last };
  }
  if (stakeholders !== null && incident.security) {
    return { kind: 'not-now', why: 'Nothing about security is written to stakeholders from here.' };
  }
  if (stakeholders !== null && incident.rules.channels.stakeholders === null) {
    return { kind: 'not-now', why: 'No channel of stakeholders is configured.' };
  }
  return (
    wrongState(incident, deed) ??
    (nextIn === null ? null : wrongPace(incident, nextIn, deed.reason))
  );
}

function wrongState(
  incident: Incident,
  { state, reason }: { state: IncidentState | null; reason: string | null },
): IncidentRefusal | null {
  if (state === null || state === incident.state) return null;
  const may = mayMove(incident, state, reason);
  return may.ok ? null : may.error;
}

/** Whether nothing is said that was not just said. */
const isSame = ({ updates, known, doing, state }: Incident, deed: Of<'update'>, now: number) =>
  updates.lastByPerson !== null &&
  now - updates.lastByPerson < soon &&
  deed.known === known &&
  deed.doing === doing &&
  deed.need === null &&
  deed.stakeholders === null &&
  deed.nextIn === null &&
  (deed.state === null || deed.state === state);

/** Why there may not be so much time between two updates. */
export function wrongPace(
  incident: Incident,
  ms: number,
  reason: string | null,
): IncidentRefusal | null {
  const { least, most } = incident.rules.cadence;
  if (!(ms >= least && ms <= most)) {
    return { kind: 'out-of-bounds', what: 'the time until the next update', least, most };
  }
  const usual = clockOf(incident).updateEvery;
  if (usual !== null && ms > 2 * usual && !isReason(reason)) {
    const what = 'wait longer than twice the usual time for the next update';
    return { kind: 'needs-reason', what, atLeast: leastReason, flag: 'reason' };
  }
  return null;
}

/** "Still working on it": it counts as an update once; twice in a row it takes a sentence. */
export const noChange: Decide<Of<'no-change'>> = (incident, { text }, { by, now }) => {
  if (!isOpen(incident.state)) return over(incident);
  const { unchanged, lastByPerson } = incident.updates;
  if (unchanged > 0 && !isReason(text)) {
    if (lastByPerson !== null && now - lastByPerson < soon) {
      return refused({ kind: 'already', what: 'said', by: null, at: lastByPerson });
    }
    return refused({ kind: 'needs-reason', what: 'say so twice in a row', atLeast: leastReason });
  }
  const { after, facts } = posted(incident, now, true);
  const updates = { ...after.updates, unchanged: unchanged + 1 };
  const kept = promised({ ...after, updates }, nextFrom(after, now, updates.every));
  return decided(kept, 'unchanged', { ...facts, text, author: by?.id ?? null }, inRoom(kept, 1));
};

const quarter = 15 * 60_000;

/** Puts the reminders off, once in a row. What comes by itself goes on coming. */
export const snooze: Decide<Of<'snooze'>> = (incident, { ms }, { now }) => {
  if (!isOpen(incident.state)) return over(incident);
  const { updates, counted } = incident;
  if (updates.snoozed) return refused({ kind: 'already', what: 'put off', by: null, at: null });
  if (updates.next === null) {
    return refused({ kind: 'not-now', why: 'No updates are due, so nothing is there to put off.' });
  }
  if (!(ms >= quarter && ms <= 4 * quarter)) {
    return refused({ kind: 'out-of-bounds', what: 'how long', least: quarter, most: 4 * quarter });
  }
  const until = now + ms;
  const overdue = counted.overdue ?? { from: updates.next, done: 0 };
  const after = {
    ...incident,
    updates: { ...updates, snoozed: true },
    counted: {
      ...counted,
      reminder: { from: updates.next, done: 0 },
      overdue: { ...overdue, until },
    },
  };
  return decided(after, 'snoozed', { ms, until }, inRoom(after, 2));
};

/** Another pace from now on, counted from the last word of a person. */
export const setCadence: Decide<Of<'set-cadence'>> = (incident, { ms, reason }, { now }) => {
  if (!isOpen(incident.state)) return over(incident);
  const { every, lastByPerson } = incident.updates;
  if (every === ms) return refused({ kind: 'already', what: 'set to that', by: null, at: null });
  const wrong = wrongPace(incident, ms, reason);
  if (wrong) return refused(wrong);
  const since = lastByPerson ?? incident.times.declared;
  const steps = Math.max(1, Math.floor((now - since) / ms) + 1);
  const { after: settled, ...missed } = settleMissed(incident, now);
  const isDue = settled.updates.next !== null && settled.updates.next <= now;
  const next = isDue ? settled.updates.next : nextFrom(incident, since + (steps - 1) * ms, ms);
  const paced = { ...settled, updates: { ...settled.updates, every: ms } };
  const after = promised(paced, next);
  const facts = { was: every, ms, reason, grave: isGrave(incident), ...missed };
  return decided(after, 'cadence-set', facts, inRoom(after, 1));
};
