import { expect, test } from 'vitest';
import { namedFirst } from '../../../src/handlers/incidents/meant-incident.ts';

const tools = { life: { inChannel: async (id: string) => (id === 'C-INC-7' ? { id } : null) } };

const first = (words: readonly string[], channel: string | null) =>
  namedFirst(words, { place: channel && { channel } } as never, tools as never);

test.each<[string, string[], string | null, object | null]>([
  ['by itself', ['INC-42'], 'C-INC-7', { named: 'INC-42', rest: [] }],
  ['before a text', ['inc-42', 'it hung'], 'C-OTHER', { named: 'inc-42', rest: ['it hung'] }],
  ['before a text, on no channel', ['INC42', 'it'], null, { named: 'INC42', rest: ['it'] }],
])('the number of an incident names it %s', async (_, words, channel, named) => {
  expect(await first(words, channel)).toEqual(named);
});

test.each<[string, string[], string | null]>([
  ['a text that begins with one in the channel of an incident', ['INC-42', 'was it'], 'C-INC-7'],
  ['a text that has one in it', ['it was INC-42'], null],
  ['a bare figure', ['42', 'people are hit'], null],
  ['nothing', [], null],
])('%s names none', async (_, words, channel) => {
  expect(await first(words, channel)).toBeNull();
});
