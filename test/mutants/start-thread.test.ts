import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { startThread } from './start-thread.ts';

const temp = tempFolder();
afterAll(() => temp.remove());

/** Code with mutants in it, as Stryker writes it: each changes what one of the tests looks at. */
const tests = `
import { describe, expect, test } from 'vitest';
const is = (id) => globalThis.__stryker__.activeMutant === id;
const begun = is('static');
let made;
let kept = 0;
describe('some', () => {
  test('sum', () => expect(1 + (is('sum') ? 2 : 1)).toBe(2));
  test.each([[1], [2]])('of %s', (n) => expect(is('second') && n === 2).toBe(false));
});
test('late', () => (is('late') ? new Promise(() => {}) : Promise.resolve()));
test('thrown', () => void (is('thrown') && setImmediate(() => { throw new Error('later'); })));
test('loop', () => { while (is('loop')); });
test('read', () => expect(begun).toBe(false));
test('once', () => { made ??= is('once') ? 2 : 1; expect(made).toBe(1); });
test('spoilt', () => { if (is('spoils')) kept += 1; expect(kept).toBe(0); });
`;

function start(active?: string) {
  const folder = temp.path;
  mkdirSync(join(folder, 'test/mutants'), { recursive: true });
  writeFileSync(join(folder, 'test/mutants/same-inputs.ts'), '');
  const file = join(folder, 'some.test.ts');
  writeFileSync(file, tests);
  const thread = startThread({ folder, files: [file], inputs: 1 }, active);
  onTestFinished(() => thread.end());
  return async (mutant?: string) => {
    const { failed, ...answer } = await thread.ask({ mutant });
    return { ...answer, failed: failed?.id.split('#')[1] ?? null };
  };
}

test('without a mutant all tests hold, again and again', async () => {
  const ask = start();
  for (let times = 0; times < 2; times += 1) {
    const { done, failed } = await ask();
    expect(done.map(({ name }) => name).slice(0, 3)).toEqual([
      'some > sum',
      'some > of %s 1',
      'some > of %s 2',
    ]);
    expect([done.length, failed]).toEqual([9, null]);
  }
});

test('the first test that notices a mutant is named, and the next mutant meets what was before', async () => {
  const ask = start();
  for (const [mutant, by] of [
    ['sum', 'some > sum'],
    ['second', 'some > of %s 2'],
    ['late', 'late'],
    ['thrown', 'thrown'],
  ] as const) {
    expect(await ask(mutant), mutant).toMatchObject({ failed: by, isSpoilt: false });
  }
  expect((await ask()).failed).toBeNull();
});

test('what a test without the mutant would not hold either after it is said to be spoilt', async () => {
  const ask = start();
  expect(await ask('spoils')).toMatchObject({ failed: 'spoilt', isSpoilt: true });
});

test('what is read or made only once is met in a thread of its own', async () => {
  const ask = start();
  expect((await ask()).failed).toBeNull();
  expect((await ask('once')).failed).toBeNull();
  expect((await start()('once')).failed).toBe('once');
  expect((await start('static')()).failed).toBe('read');
});

test('a test that goes on without end ends the thread', async () => {
  const ask = start();
  expect(await ask('loop')).toMatchObject({ isEndless: true, failed: null });
});

test('files that cannot be read are no test that failed', async () => {
  const ask = start();
  cpSync(import.meta.filename, join(temp.path, 'some.test.ts')); // which imports what is not there
  const { failed, unreadable } = await ask();
  expect([failed, unreadable]).toEqual([null, expect.stringContaining('Cannot find module')]);
});
