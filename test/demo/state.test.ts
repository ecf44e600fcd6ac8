import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecentFailures } from '../../demo/failures.ts';
import { openDatabase } from '../../demo/store/database.ts';
import { openState } from '../../demo/store/state.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

/** Two copies of a system, each with a connection of its own to the same file. */
function twoCopies(name: string) {
  const databases = [0, 1].map(() => openDatabase(join(folder.path, `${name}.db`)));
  const files = databases.map(openState);
  return { files, close: () => databases.forEach((database) => void database.close()) };
}

test('whatever two copies do in turns, both see all of it, and nothing of what broke off', () => {
  const step = fc.record({ by: fc.nat(1), adds: fc.nat(9), breaksOff: fc.boolean() });
  let file = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      file += 1;
      const { files, close } = twoCopies(`turns-${file}`);
      let version = 1;
      for (const { by, adds, breaksOff } of steps) {
        const change = () =>
          files[by]?.change(({ threatFeed }) => {
            threatFeed.version += adds;
            if (breaksOff) throw new Error('broke off');
          });
        if (breaksOff) expect(change).toThrow('broke off');
        else change();
        if (!breaksOff) version += adds;
        expect(files.map(({ state }) => state.threatFeed.version)).toEqual([version, version]);
      }
      close();
    }),
    { numRuns: 30 },
  );
});

test('the first state is made once, whoever asks first: they sign with the same key', () => {
  const { files, close } = twoCopies('first');
  const [one, two] = files.map(({ state }) => state.keys[0]?.kid);
  expect(one).toBeTruthy();
  expect(two).toBe(one);
  close();
});

test('a failed login is counted by all copies', () => {
  const path = join(folder.path, 'failures.db');
  const databases = [openDatabase(path), openDatabase(path)];
  const [one, two] = databases.map(createRecentFailures);
  one?.add('203.0.113.1');
  two?.add('203.0.113.1');
  two?.add('203.0.113.2');
  const seen = { address: '203.0.113.1', count: 2 };
  expect(one?.now()).toEqual({ total: 3, sources: [seen, { address: '203.0.113.2', count: 1 }] });
  for (const database of databases) database.close();
});
