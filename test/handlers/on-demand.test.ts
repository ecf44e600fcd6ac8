import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Command } from '../../src/handlers/command.ts';
import { commandsOnDemand } from '../../src/handlers/on-demand.ts';

const outline = {
  name: 'incident start',
  summary: 'Declares one.',
  examples: [],
  aliases: [],
  runbook: '–',
  risk: 'read',
  aim: 'none',
  params: z.object({}),
  group: 'Incidents',
  changes: true,
  asks: true,
} as const;
const nothing = {} as never;

/** The one command, and what has happened to it. */
function whole() {
  const done: string[] = [];
  const { asks, ...said } = outline;
  const command: Command = {
    ...said,
    perform: async () => void done.push('performed'),
    ask: async () => void done.push('asked'),
  };
  return { command, done };
}

test('a command is known with all that it declares before anything is loaded, and does what the loaded one does', async () => {
  const { command, done } = whole();
  let loads = 0;
  const [late] = commandsOnDemand([outline], async () => {
    loads += 1;
    return [command];
  });
  expect(late).toMatchObject({ name: 'incident start', changes: true, group: 'Incidents' });
  expect(late).not.toHaveProperty('asks');
  expect(loads).toBe(0);
  await late?.perform(nothing, nothing);
  await late?.ask?.(nothing, null, nothing);
  expect(done).toEqual(['performed', 'asked']);
});

test('one without a form has none before it is loaded either', () => {
  const [late] = commandsOnDemand([{ ...outline, asks: false }], async () => []);
  expect(late?.ask).toBeUndefined();
});

test('a load that failed is tried again, and what nothing does is a fault and not silence', async () => {
  const { command, done } = whole();
  const answers: (() => Promise<readonly Command[]>)[] = [
    async () => Promise.reject(new Error('the disk is gone')),
    async () => [],
    async () => [command],
  ];
  const [late] = commandsOnDemand([outline], async () => answers.shift()?.() ?? []);
  await expect(late?.perform(nothing, nothing)).rejects.toThrow('the disk is gone');
  await expect(late?.perform(nothing, nothing)).rejects.toThrow('nothing does it');
  expect(done).toEqual([]);
  await late?.perform(nothing, nothing);
  expect(done).toEqual(['performed']);
});
