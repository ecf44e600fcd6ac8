/**
 * Lets Stryker try mutants in one thread that has read the tests once: reading everything anew for each
 * mutant takes many times as long as what its tests do.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { chosenArea } from './areas.ts';
import { startThread, type Thread } from './start-thread.ts';
import type { Answer, Asked } from './thread-words.ts';

/** What Stryker asks for a mutant, as far as it is of interest here. */
interface MutantRun {
  activeMutant: { id: string };
  testFilter?: string[];
  hitLimit?: number;
  mutantActivation: 'runtime' | 'static';
}

/** How Stryker calls a test that held. */
const held = 0;

/** The tests of the area, in the order in which it names them: the first to notice ends it. */
function testsHere() {
  const { tests, inputs } = chosenArea();
  const folder = process.cwd();
  const found = tests.flatMap((pattern) => globSync(pattern, { cwd: folder }).toSorted());
  return { folder, inputs, files: [...new Set(found)].map((file) => join(folder, file)) };
}

const whyWrong = ({ failed, isEndless, unreadable }: Omit<Answer, 'done' | 'coverage'>) =>
  (failed && `${failed.id}: ${failed.why}`) ??
  unreadable ??
  (isEndless ? 'a test goes on without end' : null);

/** As Stryker calls it. */
function resultOf({ done, failed, isEndless, unreadable }: Answer) {
  const nrOfTests = done.length;
  if (unreadable !== undefined) return { status: 'error', errorMessage: unreadable };
  if (isEndless) return { status: 'timeout', reason: 'it goes on without end' };
  if (!failed) return { status: 'survived', nrOfTests };
  return { status: 'killed', killedBy: [failed.id], failureMessage: failed.why, nrOfTests };
}

function createRunner() {
  let thread: Thread | null = null;
  const end = async () => {
    await thread?.end();
    thread = null;
  };
  const fresh = async (asked: Asked, active?: string) => {
    await end();
    thread = startThread(testsHere(), active);
    return thread.ask(asked);
  };
  /** Again in a thread of its own where one before may have had to do with it, or what is made only once. */
  const tryMutant = async (asked: Asked): Promise<Answer> => {
    if (!thread) return fresh(asked);
    const answer = await thread.ask(asked);
    const isSure = answer.failed ? !answer.isSpoilt : answer.isEndless;
    return isSure ? answer : fresh(asked);
  };
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    /** All tests twice, since each will be done again and again in the same thread. */
    async dryRun() {
      const { done, coverage, ...first } = await fresh({});
      const wrong = whyWrong(first) ?? whyWrong((await thread?.ask({})) ?? first);
      if (wrong !== null) return { status: 'error', errorMessage: wrong };
      const tests = done.map(({ ms, ...one }) => ({ ...one, timeSpentMs: ms, status: held }));
      return { status: 'complete', tests, mutantCoverage: coverage };
    },
    async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }: MutantRun) {
      const { id } = activeMutant;
      const asked = { tests: testFilter, hitLimit };
      const isStatic = mutantActivation === 'static';
      const answer = await (isStatic ? fresh(asked, id) : tryMutant({ ...asked, mutant: id }));
      if (isStatic || answer.isEndless) await end();
      return resultOf(answer);
    },
    dispose: end,
  };
}
createRunner.inject = [] as const;

/** What Stryker looks for here. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'one-thread', factory: createRunner }];
