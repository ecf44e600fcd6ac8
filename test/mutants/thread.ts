/** A thread that has read the tests of an area, and does those that are asked for with one mutant after the other. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Noted } from './stand-in.ts';
import type { Answer, Asked, Begun, Coverage } from './thread-words.ts';

/** What Stryker has written into the code talks to this. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: Coverage;
  hitCount?: number;
  hitLimit?: number | undefined;
}

/** A test that takes longer, in milliseconds, waits for ever: all are done in far less, however busy the machine is. */
const patience = 30_000;
/** After so many turns nothing goes on any more that does not wait for time. */
const enough = 10;

const { folder, files, active, begun } = workerData as Begun;
const place = globalThis as unknown as { __stryker__?: Switch };
place.__stryker__ ??= {};
const mutants = place.__stryker__;
mutants.activeMutant = active;

const standIn = new URL('./stand-in.ts', import.meta.url).href;
registerHooks({
  resolve: (word, context, next) =>
    word === 'vitest' && context.parentURL?.startsWith(pathToFileURL(folder).href)
      ? { url: standIn, shortCircuit: true }
      : next(word, context),
});
const { beginFile, noted }: typeof import('./stand-in.ts') = await import(standIn);
await import(pathToFileURL(join(folder, 'test/mutants/same-inputs.ts')).href);

async function testsOf(file: string): Promise<readonly Noted[]> {
  if (!noted.files.has(file)) {
    beginFile(file);
    await import(pathToFileURL(file).href);
  }
  return noted.files.get(file) ?? [];
}

let breakOff: (why: string) => void = () => {};
const wrong = (error: unknown) => (error instanceof Error ? error.message : String(error));
process.on('unhandledRejection', (error) => breakOff(wrong(error)));
process.on('uncaughtException', (error) => breakOff(wrong(error)));
process.on('beforeExit', () => breakOff('it waits for what never comes'));

/** What is wrong about a test, or null. Whatever it has set off comes to its end, since it belongs to it. */
async function doTest({ id, work }: Noted): Promise<string | null> {
  Atomics.add(begun, 0, 1);
  mutants.currentTestId = id;
  const { promise, resolve } = Promise.withResolvers<string | null>();
  breakOff = resolve;
  const late = setTimeout(resolve, patience, 'it takes for ever').unref();
  void (async () => work())().then(
    () => resolve(null),
    (error) => resolve(wrong(error)),
  );
  const first = await promise;
  clearTimeout(late);
  let why = first;
  breakOff = (later) => {
    why ??= later;
  };
  for (let turns = 0; turns < enough; turns += 1) await turn();
  mutants.currentTestId = undefined;
  return why;
}

/** Does them until one fails; without any that are named, all of them. */
async function run({ tests, mutant, hitLimit }: Asked): Promise<Answer> {
  mutants.hitCount = 0;
  mutants.hitLimit = hitLimit;
  const wanted = tests && new Set(tests);
  const done: Answer['done'] = [];
  const answer = (failed: Answer['failed'], isSpoilt = false): Answer => {
    const { hitCount = 0, mutantCoverage } = mutants;
    const isEndless = hitLimit !== undefined && hitCount > hitLimit;
    return { done, failed, isSpoilt, isEndless, coverage: mutantCoverage ?? null };
  };
  for (const file of files) {
    if (tests && !tests.some((id) => id.startsWith(`${file}#`))) continue;
    for (const test of await testsOf(file)) {
      if (wanted && !wanted.has(test.id)) continue;
      mutants.activeMutant = mutant ?? active;
      const from = performance.now();
      const why = await doTest(test);
      done.push({ id: test.id, name: test.name, ms: performance.now() - from });
      mutants.activeMutant = active;
      if (why !== null) return answer({ id: test.id, why }, await isSpoilt(test));
    }
  }
  return answer(null);
}

/** Whether a test fails without the mutant as well: then something else is wrong, such as what one has left behind. */
async function isSpoilt(test: Noted): Promise<boolean> {
  if (active !== undefined) return false; // it cannot be taken out, and nothing was before it
  const { hitCount } = mutants;
  const spoilt = (await doTest(test)) !== null;
  if (hitCount !== undefined) mutants.hitCount = hitCount;
  return spoilt;
}

/** Whatever comes of it; a file that cannot be read is no test that has failed. */
const answerTo = (asked: Asked): Promise<Answer> =>
  run(asked).catch((error: unknown) => {
    const none = { done: [], failed: null, isSpoilt: false, isEndless: false, coverage: null };
    return { ...none, unreadable: wrong(error) };
  });

parentPort?.on('message', async (asked: Asked | 'end') => {
  if (asked === 'end') {
    for (const work of noted.afterwards) await work();
    process.exit();
  }
  parentPort?.unref(); // so that it is seen when nothing is left that a test could wait for
  const answer = await answerTo(asked);
  parentPort?.ref();
  parentPort?.postMessage(answer);
});
