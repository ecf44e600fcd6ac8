import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

/** A shelf whose every look is counted. */
function shelf() {
  const things: string[] = [];
  const counted = { looks: 0 };
  const port = {
    put: async (thing: string) => {
      await Promise.resolve();
      things.push(thing);
    },
    look: async (at: number) => {
      counted.looks += 1;
      return { seen: things.slice(at) };
    },
  };
  let besides = 0;
  const kinds = { tells: { put() {} }, asks: { look: () => besides } };
  const turn = () => {
    besides += 1;
  };
  return { counted, turn, ...remembering(port, kinds) };
}

test('what nothing was written about since is not asked again, and nobody can spoil the answer', async () => {
  const { put, look, counted } = shelf();
  await put('a');
  const first = await look(0);
  first.seen.push('spoilt');
  expect(await look(0)).toEqual({ seen: ['a'] });
  expect(counted.looks).toBe(1);
});

test('it is asked again after a write, during one, about something else, and when something besides has changed', async () => {
  const { put, look, turn, counted } = shelf();
  await look(0);
  const putting = put('a');
  await look(0);
  await putting;
  expect(await look(0)).toEqual({ seen: ['a'] });
  expect(await look(1)).toEqual({ seen: [] });
  turn();
  await look(0);
  expect(counted.looks).toBe(5);
});
