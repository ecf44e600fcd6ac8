import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowances, usual } from '../../workspace/rates/tiers.ts';
import { createRates } from '../../workspace/rates.ts';
import { scopes } from '../../workspace/scopes.ts';

/** Rates on a clock that stands still until it is moved, in seconds. */
function stillRates(scale = 1) {
  let now = 0;
  const rates = createRates({ clock: { monotonic: () => now }, scale });
  return {
    take: rates.take,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

const countTaken = (
  rates: ReturnType<typeof stillRates>,
  calls: number,
  method: string,
  channel?: string,
) =>
  Array.from({ length: calls }, () => rates.take(method, channel)).filter(
    (refused) => refused === null,
  ).length;

test('a channel takes five messages at once and then one a second', () => {
  const rates = stillRates();
  expect(countTaken(rates, 20, 'chat.postMessage', 'C1')).toBe(5);
  expect(rates.take('chat.postMessage', 'C1')).toEqual({ retryAfterSeconds: 1 });
  rates.pass(1);
  expect(countTaken(rates, 20, 'chat.postMessage', 'C1')).toBe(1);
});

test('other channels and other methods are not held up by a busy channel', () => {
  const rates = stillRates();
  countTaken(rates, 20, 'chat.postMessage', 'C1');
  expect(rates.take('chat.postMessage', 'C2')).toBeNull();
  expect(rates.take('chat.update', 'C1')).toBeNull();
});

test('all channels together take 300 messages at once', () => {
  const rates = stillRates();
  const taken = Array.from({ length: 400 }, (_, index) =>
    rates.take('chat.postMessage', `C${index}`),
  );
  expect(taken.filter((refused) => refused === null)).toHaveLength(300);
});

test('a message that the workspace has no room for is not counted against its channel', () => {
  const rates = stillRates();
  for (let index = 0; index < 300; index += 1) rates.take('chat.postMessage', `C${index}`);
  expect(countTaken(rates, 50, 'chat.postMessage', 'C9')).toBe(0);
  rates.pass(60);
  expect(countTaken(rates, 50, 'chat.postMessage', 'C9')).toBe(5);
});

test.each([
  ['conversations.create', 20],
  ['chat.update', 50],
  ['views.open', 100],
  ['something.unheard.of', usual.perMinute],
])('%s has its tier: %d a minute', (method, perMinute) => {
  const rates = stillRates();
  expect(countTaken(rates, 1000, method)).toBe(perMinute);
  rates.pass(60);
  expect(countTaken(rates, 1000, method)).toBe(perMinute);
});

test('a scale makes everything so many times as lenient', () => {
  expect(countTaken(stillRates(3), 1000, 'chat.update')).toBe(150);
  expect(countTaken(stillRates(Number.POSITIVE_INFINITY), 5000, 'chat.update')).toBe(5000);
  expect(() => stillRates(0)).toThrow('above 0');
  expect(() => stillRates(Number.NaN)).toThrow('above 0');
});

test('every method with a scope has an allowance, and the other way round', () => {
  expect(Object.keys(allowances).sort()).toEqual(Object.keys(scopes).sort());
});

const calls = fc.array(
  fc.record({
    method: fc.constantFrom('chat.postMessage', 'chat.update', 'conversations.create'),
    channel: fc.constantFrom('C1', 'C2'),
    pause: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3, noNaN: true })),
  }),
  { maxLength: 300 },
);

test('in no stretch of time a method gets more than its burst and what came back', () => {
  fc.assert(
    fc.property(calls, fc.constantFrom(0.1, 1, 4), (made, scale) => {
      const rates = stillRates(scale);
      let now = 0;
      const taken = made.flatMap(({ method, channel, pause }) => {
        rates.pass(pause);
        now += pause;
        return rates.take(method, channel) === null
          ? [{ key: `${method} ${channel}`, method, now }]
          : [];
      });
      for (const [index, { method, now: end }] of taken.entries()) {
        const { perMinute, burst } = allowances[method] ?? usual;
        const before = taken.slice(0, index + 1).filter((one) => one.method === method);
        for (const [n, { now: start }] of before.entries()) {
          const most = Math.max(1, burst * scale) + ((end - start) * perMinute * scale) / 60;
          expect(before.length - n).toBeLessThanOrEqual(most + 1e-6);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('who waits as long as told is let through', () => {
  fc.assert(
    fc.property(calls, fc.constantFrom(0.1, 1, 4), (made, scale) => {
      const rates = stillRates(scale);
      for (const { method, channel, pause } of made) {
        rates.pass(pause);
        const refused = rates.take(method, channel);
        if (refused === null) continue;
        expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(1);
        rates.pass(refused.retryAfterSeconds);
        expect(rates.take(method, channel)).toBeNull();
      }
    }),
    { numRuns: 100 },
  );
});
