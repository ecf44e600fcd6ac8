import { messageOf } from '../../core/errors.ts';
import { type Ended, isOver, mostTries, type Run } from '../../core/run.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { OutboxRequest } from '../../core/transition.ts';
import { commit } from '../commit.ts';
import type { Memory } from '../memory.ts';
import { canonicalJson } from '../planning/canonical-json.ts';
import type { RunTools } from '../run-tools.ts';
import { beginEnd } from './begin-end.ts';
import {
  endedAt,
  endedPatch,
  endingPlaces,
  endsAt,
  openPlaces,
  targetsOver,
} from './ending-places.ts';

/** The pauses, in milliseconds, after the first run that could not undo something, the second, and so on. */
const pauses = [0, 5_000, 15_000, 30_000, 60_000, 300_000, 900_000];

/**
 * Begins to undo what has to end now. What cannot be seen to holds up nothing else.
 *
 * @returns the runs that it has looked at, for who keeps track of them.
 */
export async function endWhatIsDue(tools: RunTools, memory: Memory): Promise<Run[]> {
  const looked: Run[] = [];
  for (const parent of await tools.runs.toEnd()) {
    await seeTo(tools, memory, parent).then(
      (tries) => looked.push(...tries),
      (error: unknown) => tools.log.error({ run: parent.id, why: messageOf(error) }, notYet),
    );
  }
  return looked;
}

/** Each place by itself: where it cannot be ended now it keeps no other place from its end. */
async function seeTo(tools: RunTools, memory: Memory, parent: Run): Promise<Run[]> {
  if (!isOver(parent.state)) return [];
  const tries = await tools.runs.children(parent.id);
  const looked: Run[] = [];
  let seen = parent;
  for (const place of openPlaces(parent)) {
    const here = tries.filter(({ target }) => targetName(target) === targetName(place));
    const last = here.at(-1);
    if (last) looked.push(last);
    try {
      seen = (await seeToPlace(tools, memory, seen, place, here)) ?? seen;
    } catch (error) {
      tools.log.error({ run: parent.id, on: targetName(place), why: messageOf(error) }, notYet);
    }
  }
  return looked;
}

const notYet = 'What has to end does not yet';

/**
 * One try at a time; the next one only when the last is over and has not done it.
 *
 * @returns the parent when it was written down that it has ended there.
 */
async function seeToPlace(
  tools: RunTools,
  memory: Memory,
  parent: Run,
  place: Target,
  tries: readonly Run[],
): Promise<Run | null> {
  const last = tries.at(-1);
  if (last && !isOver(last.state)) return null;
  const ended = await howItEnded(tools, parent, place, tries);
  if (ended) return settle(tools, parent, place, ended);
  const pause = pauses[Math.min(tries.length, pauses.length) - 1] ?? 0;
  if (!last || memory.unchangedFor(last) >= pause) await beginEnd(tools, parent, place);
  return null;
}

async function howItEnded(
  tools: RunTools,
  parent: Run,
  place: Target,
  tries: readonly Run[],
): Promise<Ended | null> {
  const last = tries.at(-1);
  const done = tries.find(({ state }) => state === 'succeeded'); // of one millisecond either may be last
  if (done) return { how: 'done', by: done.id };
  const newer = await newerThan(tools, parent, place);
  if (newer) return { how: 'replaced', by: newer.id };
  return last && tries.length >= mostTries ? { how: 'given-up', by: last.id } : null;
}

/** Whoever is first writes it down; it is the same for everybody. */
async function settle(
  tools: RunTools,
  parent: Run,
  place: Target,
  ended: Ended,
): Promise<Run | null> {
  const event = { done: 'ended', replaced: 'replaced', 'given-up': 'not-ended' }[ended.how];
  const facts = { by: ended.by, ...(parent.ending?.on && { on: place.service }) };
  const patch = endedPatch(parent, place, ended);
  const told = patch.ended?.how === 'done' ? [whoAsked(parent)] : [];
  const done = await commit(tools, parent, { patch, event, facts, shownTo: [], told });
  if (done && ended.how === 'given-up') {
    tools.log.error(
      { run: parent.id, on: targetName(place), last: ended.by },
      'What should have ended has to be undone by hand',
    );
  }
  return done;
}

/** They hear once that it has ended, everywhere; where it could not be, they have heard of that. */
const whoAsked = ({ requestedBy }: Run): OutboxRequest => ({
  kind: 'ended',
  to: `user:${requestedBy.id}`,
});

/** A run of the same kind on the same thing that succeeded since: its end counts, and not the older one. */
async function newerThan(tools: RunTools, run: Run, place: Target): Promise<Run | undefined> {
  const others = await lastingAt(tools, place, begunAt(run));
  return others.findLast(
    (one) => one.state === 'succeeded' && isSame(one, run) && begunAt(one) > begunAt(run),
  );
}

/** What lasts in a place: what was done to it alone, and to all services. */
async function lastingAt({ runs }: RunTools, place: Target, since: number): Promise<Run[]> {
  const found = await Promise.all(targetsOver(place).map((target) => runs.lasting(target, since)));
  return found
    .flat()
    .filter((run) => endsAt(run, place))
    .toSorted((one, other) => begunAt(one) - begunAt(other));
}

/**
 * What a run did that succeeded takes the place of what older ones did: theirs does not end any more.
 * Nothing depends on it happening now; it is found out when the older one is to end.
 */
export async function replaceOlder(tools: RunTools, run: Run): Promise<void> {
  if (run.ending === null) return;
  try {
    for (const place of endingPlaces(run)) await replaceAt(tools, run, place);
  } catch (error) {
    tools.log.warn({ run: run.id, why: messageOf(error) }, 'What it replaces is found out later');
  }
}

/** An older one may have been written on for another place a moment ago: it is read anew for each. */
async function replaceAt(tools: RunTools, run: Run, place: Target): Promise<void> {
  for (const one of await lastingAt(tools, place, run.ending?.at ?? 0)) {
    const open = endedAt(one, place) === null && isSame(one, run) && begunAt(one) < begunAt(run);
    if (open) await settle(tools, one, place, { how: 'replaced', by: run.id });
  }
}

/** When the first step began, by the database’s clock. */
const begunAt = ({ ending, plan }: Run): number => (ending?.at ?? 0) - (plan?.revert?.after ?? 0);

/** Whether the same would be done to undo either. */
const isSame = (one: Run, other: Run): boolean =>
  one.id !== other.id && undoing(one) === undoing(other);

const undoing = ({ plan }: Run): string =>
  canonicalJson([plan?.revert?.action ?? null, plan?.revert?.params ?? null]);
