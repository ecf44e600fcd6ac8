import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTurns, type Turns } from '../../../src/bot/outbox/outbox-turns.ts';
import type { OutboxRow, Sent } from '../../../src/core/outbox.ts';
import { memoryOutbox } from '../../../src/store/memory/memory-outbox.ts';
import { stillClock } from '../../support/clock.ts';

const posted = { channel: 'C1', ts: '1.1' };
const shown: Sent = { kind: 'shown', version: 1, posted };
const limited: Sent = { kind: 'not-now', retryIn: 3_000, why: 'limited', counts: false };
const lost: Sent = { kind: 'ambiguous', retryIn: 2_000, why: 'no answer', counts: false };
const never: Sent = { kind: 'never', why: 'invalid_blocks' };

const row = (id: string, to = 'C1', more: Partial<OutboxRow> = {}): OutboxRow => ({
  id,
  kind: 'card',
  subject: id,
  to,
  wanted: 1,
  shown: 0,
  posted: null,
  attempts: 1,
  taking: 1,
  ambiguous: false,
  waits: 0,
  ...more,
});

/** Turns in which R1 has to be tried again in three seconds. */
function afterTrouble() {
  const clock = stillClock();
  const turns = createTurns(clock);
  expect(turns.wait(row('R1'))).toBe(0);
  turns.note(row('R1'), limited);
  return { clock, turns };
}

test('whoever comes after one that has to be tried again waits, in the order of coming', () => {
  const { turns } = afterTrouble();
  expect(turns.wait(row('R2'))).toBe(4_000);
  expect(turns.wait(row('R3'))).toBe(5_000);
  expect(turns.wait(row('R2'))).toBe(4_000);
});

test('whoever comes in time finds those gone who were to come before, and did not', () => {
  const { clock, turns } = afterTrouble();
  for (const id of ['R2', 'R3', 'R4']) turns.wait(row(id));
  clock.pass(5_000);
  expect(turns.wait(row('R3'))).toBe(0);
  expect(turns.wait(row('R4'))).toBeGreaterThan(0);
});

test.each<[string, (turns: Turns) => void]>([
  ['was shown', (turns) => turns.note(row('R1'), shown)],
  ['never will be', (turns) => turns.note(row('R1'), never)],
  ['lost its place', (turns) => turns.leave(row('R1'))],
])('the next one goes when the first %s', (_how, end) => {
  const { clock, turns } = afterTrouble();
  expect(turns.wait(row('R2'))).toBeGreaterThan(0);
  clock.pass(3_000);
  expect(turns.wait(row('R1'))).toBe(0);
  end(turns);
  expect(turns.wait(row('R2'))).toBe(0);
});

test('edits, and other channels, wait for nobody', () => {
  const { turns } = afterTrouble();
  expect(turns.wait(row('R2', 'C1', { posted }))).toBe(0);
  expect(turns.wait(row('R2', 'C2'))).toBe(0);
});

test('whoever does not come back, because another process took it, holds nobody up for ever', () => {
  const { clock, turns } = afterTrouble();
  clock.pass(3_000 + 14_000);
  expect(turns.wait(row('R2'))).toBeGreaterThan(0);
  clock.pass(1_000);
  expect(turns.wait(row('R2'))).toBe(0);
});

test('through whatever trouble, a channel gets its messages in the order they were asked for', async () => {
  const outcomes = fc.constantFrom(shown, shown, limited, lost);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.array(outcomes, { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 5 }),
      async (count, script, delays) => {
        const clock = stillClock();
        const [outbox, turns] = [memoryOutbox(clock), createTurns(clock)];
        const asked = Array.from({ length: count }, (_, n) => `R${n}`);
        for (const subject of asked) outbox.raise(subject, 1, [{ kind: 'card', to: 'C1' }]);
        const seen: string[] = [];
        for (let round = 0; seen.length < count && round < 10_000; round += 1) {
          const [taken] = await outbox.take(1);
          clock.pass(delays[round % delays.length] ?? 0);
          if (!taken) clock.pass(100);
          else await outbox.report(taken.id, send(turns, taken, script, seen));
        }
        expect(seen).toEqual(asked);
      },
    ),
    { numRuns: 100 },
  );
});

/** One try, with the next outcome of the script. */
function send(turns: Turns, taken: OutboxRow, script: Sent[], seen: string[]): Sent {
  const retryIn = turns.wait(taken);
  if (retryIn > 0) return { kind: 'not-now', retryIn, why: 'its turn will come', counts: false };
  const sent = script.shift() ?? shown;
  turns.note(taken, sent);
  if (sent.kind === 'shown') seen.push(taken.subject);
  return sent;
}
