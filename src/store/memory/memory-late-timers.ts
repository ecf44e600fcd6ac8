import type { Clock } from '../../core/clock.ts';
import { type Deadline, wakeAt } from '../../core/incident.ts';
import type { Incidents, Presence } from '../../core/incidents.ts';
import {
  calmAfter,
  catchUpWithin,
  type LateNews,
  type LateTimers,
  lateSubject,
  mostLag,
  mostNamed,
  notTimed,
  type TimerWatch,
} from '../../core/late-timers.ts';
import type { MemoryOutbox } from './memory-outbox.ts';

/** What it takes to notice late timers in memory. */
export interface MemoryLateParts {
  clock: Pick<Clock, 'now'>;
  incidents: Pick<Incidents, 'list'>;
  presence: Pick<Presence, 'absences'>;
  outbox: Pick<MemoryOutbox, 'raise'>;
}

/** The times in which timers were late, for as long as the process lives. */
export function memoryLateTimers({
  clock,
  incidents,
  presence,
  outbox,
}: MemoryLateParts): TimerWatch {
  const all: LateTimers[] = [];
  const open = () => all.find(({ over }) => over === null);
  const say = (number: number, news: LateNews, to: readonly string[]) => {
    const messages = to.map((place) => ({ kind: 'late', to: place }) as const);
    outbox.raise(lateSubject(number, news), 1, messages);
  };
  return {
    look: async () => {
      const now = clock.now();
      const back = (await presence.absences(0)).at(-1)?.until ?? 0;
      const late = (await incidents.list({ limit: Number.MAX_SAFE_INTEGER }))
        .map(({ id, number, deadlines }) => ({ id, number, at: wakeAt(timed(deadlines)) ?? now }))
        .map((one) => ({
          ...one,
          due: one.at < back ? Math.max(one.at, back + catchUpWithin) : one.at,
        }))
        .filter(({ due }) => due < now - mostLag)
        .toSorted((a, b) => a.due - b.due || a.number - b.number);
      const [latest] = late;
      if (!latest) return null;
      const named = late.slice(0, mostNamed).map(({ id }) => id);
      return { lag: now - latest.due, count: late.length, incidents: named };
    },
    late: async ({ lag, count, incidents: named }, to) => {
      const now = clock.now();
      const known = open();
      if (known) {
        Object.assign(known, { seen: now, worst: Math.max(known.worst, lag) });
        return false;
      }
      const number = all.length + 1;
      const times = { due: now - lag, noticed: now, seen: now, worst: lag, over: null };
      all.push({ number, count, incidents: named, ...times });
      say(number, 'began', to);
      return true;
    },
    calm: async (to) => {
      const known = open();
      if (!known || known.seen > clock.now() - calmAfter) return false;
      known.over = clock.now();
      say(known.number, 'over', to);
      return true;
    },
    find: async (number) => all.find((one) => one.number === number) ?? null,
  };
}

const timed = (deadlines: readonly Deadline[]) => ({
  deadlines: deadlines.filter(({ kind }) => !notTimed.includes(kind)),
});
