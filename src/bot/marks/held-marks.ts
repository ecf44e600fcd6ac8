import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Answer, Asker } from '../../handlers/desk.ts';
import type { KeptNoticed } from '../../handlers/marks/noticed.ts';
import { markNotKept } from '../../views/incidents/mark-not-kept.ts';
import { createInFlight } from '../in-flight.ts';

/** What was done to messages and could not be written down, because the database was away. */
export interface HeldMarks {
  /** It is tried until it is done, or somebody has to be told that it was not. */
  keep(noticed: KeptNoticed): void;
  /** Tries nothing more; whoever marked what is left is told, and that is waited for so many milliseconds at most. */
  stop(patience: number): Promise<void>;
}

/** What it takes to hold them. */
export interface HoldingMarks {
  /** @throws when it has to be done again. */
  notice(noticed: KeptNoticed): Promise<void>;
  /** Writes to one person, so that it stays. */
  direct(asker: Asker): Pick<Answer, 'say'>;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
  /** The first pause between two tries and the longest, in milliseconds. */
  pauses?: { first: number; longest: number };
}

/** For how long it is tried, in milliseconds, and how many are held. */
const bounds = { time: 10 * 60_000, most: 500 };

interface Held {
  noticed: KeptNoticed;
  since: number;
}

/** Holds nothing yet. What stands in Slack can be done late and twice, so that nothing else has to be kept of it. */
export function holdMarks(holding: HoldingMarks): HeldMarks {
  const { clock, pauses = { first: 1_000, longest: 15_000 } } = holding;
  const held = new Map<string, Held>();
  const working = createInFlight();
  let pause = pauses.first;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const giveUp = (all: readonly Held[]) => void working.add(tellAll(all, holding));
  const forget = ([key, one]: [string, Held]) => held.get(key) === one && held.delete(key);
  const round = async () => {
    const done = await tryAll([...held], holding, () => stopped);
    done.forEach(forget);
    const old = [...held].filter(([, { since }]) => clock.monotonic() - since >= bounds.time);
    old.forEach(forget);
    if (old.length > 0) giveUp(old.map(([, one]) => one));
    pause = done.length > 0 ? pauses.first : Math.min(pauses.longest, pause * 2);
    if (held.size > 0) begin();
  };
  const begin = () => {
    if (!stopped) timer = setTimeout(() => void working.add(round()), pause).unref();
  };
  return {
    keep(noticed) {
      const one = { noticed, since: clock.monotonic() };
      if (stopped || held.size >= bounds.most) return giveUp([one]);
      held.set(`${noticed.kind} ${noticed.channel} ${noticed.ts}`, one);
      if (held.size > 1) return;
      pause = pauses.first;
      begin();
    },
    async stop(patience) {
      stopped = true;
      clearTimeout(timer);
      const left = [...held.values()];
      held.clear();
      if (left.length > 0) giveUp(left);
      await working.idle(patience);
    },
  };
}

/** After so many in a row that did not work the others wait: what stands in their way is the same. */
const mostInVain = 3;

/** Tries them, the oldest first; answers which are done. */
async function tryAll(
  all: readonly [string, Held][],
  { notice, log }: HoldingMarks,
  isStopped: () => boolean,
): Promise<[string, Held][]> {
  const done: [string, Held][] = [];
  let inVain = 0;
  for (const [key, one] of all) {
    if (isStopped() || inVain === mostInVain) break;
    try {
      await notice(one.noticed);
      done.push([key, one]);
      inVain = 0;
    } catch (error) {
      inVain += 1;
      log.debug({ why: messageOf(error) }, 'What was done to a message is tried again');
    }
  }
  return done;
}

/** One message for each person; an edit is nobody's wish. */
async function tellAll(all: readonly Held[], { direct, log }: HoldingMarks): Promise<void> {
  log.warn({ left: all.length }, 'What was done to messages did not come onto a timeline');
  const marked = all.flatMap(({ noticed }) => (noticed.kind === 'marked' ? [noticed] : []));
  const people = new Map(marked.map(({ asker }) => [asker.id, asker]));
  for (const asker of people.values()) {
    const theirs = marked.filter((one) => one.asker.id === asker.id);
    const saying = direct(asker).say(markNotKept(theirs.map(({ channel }) => channel)));
    await saying.catch((error: unknown) => {
      log.warn({ why: messageOf(error) }, 'Nobody could be told of a mark that was not kept');
    });
  }
}
