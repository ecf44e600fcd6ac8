import { expect, test } from 'vitest';
import type { Runs } from '../../src/core/transition.ts';
import { aRequest, ballot, grounds } from './grounds.ts';

/**
 * Runs a request, its approval and all that follows while nothing can be written into the audit from
 * the `from`-th record on. A change and its record are one transaction, so neither is made then.
 */
async function auditAwayFrom(from: number) {
  const all = grounds();
  let written = 0;
  const refuse = async <T>(work: () => Promise<T>): Promise<T> => {
    if (written >= from) throw new Error('could not write into the audit');
    const done = await work();
    written += 1;
    return done;
  };
  const runs: Runs = {
    ...all.store.runs,
    create: (run, entry) => refuse(() => all.store.runs.create(run, entry)),
    transition: (change) => refuse(() => all.store.runs.transition(change)),
  };
  const runner = all.runnerOver({ runs });
  runner.start();
  const asked = runner.request(aRequest()).catch(() => null);
  await all.time.pass(60_000);
  const [run] = await all.store.runs.inStates(['waiting']);
  const voted = run && runner.vote(ballot(run, 'm1')).catch(() => null);
  await all.time.pass(120_000);
  await Promise.all([asked, voted]);
  const stopped = runner.stop(0);
  await all.time.pass(60_000);
  await stopped;
  const story = (await all.store.audit.find({ limit: 100 })).toReversed();
  return { effects: all.machine.effects, story: story.map(({ event }) => event), written };
}

test('whenever the audit fails, nothing is done whose intent is not in it', async () => {
  const whole = await auditAwayFrom(Number.POSITIVE_INFINITY);
  expect(whole.effects).toEqual(['one', 'two']);
  expect(whole.story.at(-1)).toBe('run.succeeded');
  expect(whole.written).toBeGreaterThan(7);
  for (let from = 0; from < whole.written; from += 1) {
    const { effects, story } = await auditAwayFrom(from);
    const intents = story.filter((event) => event === 'run.step-begun').length;
    const phase = `while ${whole.story[from]} cannot be written`;
    expect(story, phase).toEqual(whole.story.slice(0, from));
    expect(effects, phase).toEqual(['one', 'two'].slice(0, intents));
  }
});

test('it fails in every phase of a run at least once', async () => {
  const { story } = await auditAwayFrom(Number.POSITIVE_INFINITY);
  const phases = ['requested', 'planned', 'approved', 'claimed', 'step-begun', 'verifying'];
  for (const phase of phases) expect(story).toContain(`run.${phase}`);
});
