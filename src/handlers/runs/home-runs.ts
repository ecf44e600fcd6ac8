import { within } from '../../core/deadline.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Person } from '../../core/person.ts';
import { isOver, type Run, runStates } from '../../core/run.ts';
import type { Home, RunLine } from '../../views/home.ts';
import { titleOf } from '../../views/runs/run-words.ts';
import type { RunTools } from './run-tools.ts';

const open = runStates.filter((state) => !isOver(state));
/** How long the Home tab waits for the database, in milliseconds: what it is opened for needs none. */
const patience = 400;

/** The requests that wait for the person and the other open runs, newest first; null when they cannot be read. */
export async function runsFor(
  person: Person,
  { runs, outbox }: Pick<RunTools, 'runs' | 'outbox'>,
  log: Log,
): Promise<NonNullable<Home['runs']> | null> {
  try {
    const [found, unconfirmed] = await within(patience, () =>
      Promise.all([runs.inStates(open), outbox.unconfirmed()]),
    );
    const all = found.toReversed();
    return {
      waiting: all.filter((run) => waitsFor(person, run)).map(lineOf),
      open: all.filter((run) => !waitsFor(person, run)).map(lineOf),
      unconfirmed: {
        runs: [...new Set(unconfirmed.map(({ subject }) => subject))],
        messages: unconfirmed.length,
      },
    };
  } catch (error) {
    log.warn({ why: messageOf(error) }, 'the Home tab could not show the runs');
    return null;
  }
}

/** Whether the person could say something that has not been said: as an approver, or to confirm. */
function waitsFor({ id, roles }: Person, { state, approval, votes, requestedBy }: Run): boolean {
  if (state !== 'waiting' || approval === null || votes.some(({ person }) => person === id)) {
    return false;
  }
  if (requestedBy.id === id) return approval.requesterConfirms;
  return approval.slots.some(({ anyOf }) => anyOf.some((role) => roles.includes(role)));
}

const lineOf = (run: Run): RunLine => ({
  title: titleOf(run),
  state: run.state,
  more: { label: 'Details', command: `run ${run.id}` },
});
