import { messageOf } from '../core/errors.ts';
import { type Ended, isOver, type Run } from '../core/run.ts';
import { beginEnd } from './begin-end.ts';
import { canonicalJson } from './canonical-json.ts';
import { commit } from './commit.ts';
import type { RunTools } from './run-tools.ts';
import type { Memory } from './sweep.ts';

/** The pauses, in milliseconds, after the first run that could not undo something, the second, and so on. */
const pauses = [0, 5_000, 15_000, 30_000, 60_000, 300_000, 900_000];
/** How many runs may try before somebody has to do it by hand. */
const mostTries = 12;

/**
 * Begins to undo what has to end now. What cannot be seen to holds up nothing else.
 *
 * @returns the runs that it has looked at, for who keeps track of them.
 */
export async function endWhatIsDue(tools: RunTools, memory: Memory): Promise<Run[]> {
  const looked: Run[] = [];
  for (const parent of await tools.runs.toEnd()) {
    await seeTo(tools, memory, parent).then(
      (last) => last && looked.push(last),
      (error: unknown) =>
        tools.log.error({ run: parent.id, why: messageOf(error) }, 'What has to end does not yet'),
    );
  }
  return looked;
}

/** One try at a time; the next one only when the last is over and has not done it. */
async function seeTo(tools: RunTools, memory: Memory, parent: Run): Promise<Run | undefined> {
  if (!isOver(parent.state)) return;
  const tries = await tools.runs.children(parent.id);
  const last = tries.at(-1);
  if (last && !isOver(last.state)) return last;
  const ended = await howItEnded(tools, parent, tries);
  if (ended) {
    await settle(tools, parent, ended);
    return;
  }
  const pause = pauses[Math.min(tries.length, pauses.length) - 1] ?? 0;
  if (!last || memory.unchangedFor(last) >= pause) await beginEnd(tools, parent);
  return last;
}

async function howItEnded(
  tools: RunTools,
  parent: Run,
  tries: readonly Run[],
): Promise<Ended | null> {
  const last = tries.at(-1);
  if (last?.state === 'succeeded') return { how: 'done', by: last.id };
  const newer = await newerThan(tools, parent);
  if (newer) return { how: 'replaced', by: newer.id };
  return last && tries.length >= mostTries ? { how: 'given-up', by: last.id } : null;
}

/** Whoever is first writes it down; it is the same for everybody. */
async function settle(tools: RunTools, parent: Run, ended: Ended): Promise<void> {
  const event = { done: 'ended', replaced: 'replaced', 'given-up': 'not-ended' }[ended.how];
  const change = { patch: { ended }, event, facts: { by: ended.by }, shownTo: [] };
  const done = await commit(tools, parent, change);
  if (done && ended.how === 'given-up') {
    tools.log.error(
      { run: parent.id, last: ended.by },
      'What should have ended has to be undone by hand',
    );
  }
}

/** A run of the same kind on the same thing that succeeded since: its end counts, and not the older one. */
async function newerThan(tools: RunTools, run: Run): Promise<Run | undefined> {
  const others = await tools.runs.lasting(run.target, begunAt(run));
  return others.findLast(
    (one) => one.state === 'succeeded' && isSame(one, run) && begunAt(one) > begunAt(run),
  );
}

/**
 * What a run did that succeeded takes the place of what older ones did: theirs does not end any more.
 * Nothing depends on it happening now; it is found out when the older one is to end.
 */
export async function replaceOlder(tools: RunTools, run: Run): Promise<void> {
  if (run.ending === null) return;
  try {
    const others = await tools.runs.lasting(run.target, run.ending.at);
    for (const one of others) {
      const open = one.ending?.ended === null && isSame(one, run) && begunAt(one) < begunAt(run);
      if (open) await settle(tools, one, { how: 'replaced', by: run.id });
    }
  } catch (error) {
    tools.log.warn({ run: run.id, why: messageOf(error) }, 'What it replaces is found out later');
  }
}

/** When the first step began, by the database’s clock. */
const begunAt = ({ ending, plan }: Run): number => (ending?.at ?? 0) - (plan?.revert?.after ?? 0);

/** Whether the same would be done to undo either. */
const isSame = (one: Run, other: Run): boolean =>
  one.id !== other.id && undoing(one) === undoing(other);

const undoing = ({ plan }: Run): string =>
  canonicalJson([plan?.revert?.action ?? null, plan?.revert?.params ?? null]);
