import { messageOf } from '../core/errors.ts';
import type { Job } from '../core/jobs.ts';
import { usualLimits } from '../core/limits.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Run } from '../core/run.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import { reviewUse } from './asking/break-glass.ts';
import { requestRun } from './asking/request-run.ts';
import { cancelRun } from './ending/cancel-run.ts';
import { type EndedRequests, endRequestsOf } from './ending/end-requests-of.ts';
import { goOnWith } from './go-on-with.ts';
import { makePlan } from './planning/make-plan.ts';
import { type Probed, probeRun } from './recovering/probe-run.ts';
import { lookAfter, sweep } from './recovering/sweep.ts';
import { noSecondFactor, type RunTools, runQueue, usualTimes } from './run-tools.ts';
import type { Runner } from './runner.ts';
import { realSleep } from './sleep.ts';
import { remindingOfReviews } from './voting/remind-of-reviews.ts';
import { takeVote } from './voting/take-vote.ts';
import { createWork, type Work } from './work.ts';

/** What the runner is made of; how it waits and how long is known when nobody says otherwise,
 * `all@env` is nothing, and one-time passwords cannot be checked. */
export type RunnerOptions = Omit<RunTools, 'takesJobs' | Usual> & Partial<Pick<RunTools, Usual>>;

type Usual = 'sleep' | 'times' | 'targetsIn' | 'limits' | 'secondFactor';

/** Looks at the target of a run whose outcome is not known. */
export interface Prober {
  /** What a look at the target says of each step of which nobody knows what became of it. Only reads. */
  probe(run: string): Promise<Result<readonly Probed[], RunRefusal>>;
}

/** Ends what somebody asked for who may ask for nothing any more. */
export interface Ender {
  endRequestsOf(ended: EndedRequests): Promise<void>;
}

/** Puts the life of runs together. Everything of it that must last is in the database. */
export function createRunner(options: RunnerOptions): Runner & Prober & Ender {
  let takesJobs = false;
  const tools = toolsFor(options, () => takesJobs);
  const { runs } = tools;
  const work = createWork(tools, (id) => goOnWith(tools, id));
  const ended = new AbortController();
  let looking = Promise.resolve();

  const goOn = (result: Result<Run, RunRefusal>) => {
    if (result.ok && result.value.state === 'approved') work.begin(result.value.id);
    return result;
  };
  const look = async (id: string) => {
    const run = await runs.find(id);
    if (run) await lookAfter(tools, work, run);
  };
  const handle = ({ subject }: Job) => look(subject);
  tools.jobs?.declare({ name: runQueue, handle, retries: 5, poll: 0.5, cron: null });
  tools.jobs?.ready().then(
    () => {
      takesJobs = true;
    },
    () => {}, // then everything is found by looking
  );
  return {
    request: async (request) => goOn(await requestRun(tools, request)),
    vote: async (ballot) => goOn(await takeVote(tools, ballot)),
    ...besides(tools),
    endRequestsOf: (ended) => endRequestsOf(tools, ended),
    find: (id) => runs.find(id),
    async probe(id) {
      const run = await runs.find(id);
      return run ? ok(await probeRun(tools, run)) : err({ kind: 'no-such-run', id });
    },
    start() {
      looking = keepLooking(tools, work, ended.signal);
    },
    async stop(patience) {
      ended.abort();
      await work.drain(patience, looking);
    },
  };
}

/** Looks after everything, again and again. What does not work is tried again the next time. */
async function keepLooking(tools: RunTools, work: Work, ended: AbortSignal): Promise<void> {
  const { log, sleep, times } = tools;
  const remind = remindingOfReviews(tools);
  while (!ended.aborted) {
    await sweep(tools, work).catch((error: unknown) =>
      log.warn({ why: messageOf(error) }, 'Runs cannot be looked after; trying again'),
    );
    await remind().catch((error: unknown) =>
      log.warn({ why: messageOf(error) }, 'Nobody is reminded of late reviews; trying again'),
    );
    await sleep(times.sweep, ended);
  }
}

/** What starts nothing. */
const besides = (tools: RunTools): Pick<Runner, 'review' | 'cancel' | 'preview'> => ({
  preview: (request) => makePlan(tools, { ...request, requestedBy: request.by }),
  review: (review) => reviewUse(tools, review),
  cancel: (id, by) => cancelRun(tools, id, by),
});

function toolsFor(options: RunnerOptions, takesJobs: RunTools['takesJobs']): RunTools {
  const { targetsIn = () => [] } = options;
  const limits = () => usualLimits;
  const usual = { sleep: realSleep, times: usualTimes, limits, secondFactor: noSecondFactor };
  return { ...usual, ...options, takesJobs, targetsIn };
}
