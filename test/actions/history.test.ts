import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candidateOf } from '../../src/actions/history/releases.ts';
import { history } from '../../src/actions/history.ts';
import type { Release } from '../../src/core/capabilities.ts';
import { stillClock } from '../support/clock.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;

const release = (id: string, marks: Partial<Release> = {}): Release => ({
  id,
  at: now - 3 * hour,
  current: false,
  verified: true,
  ...marks,
});

const run = (releases: readonly Release[] | null, count = 10) =>
  history.run(
    { count },
    { service: 'rms-auth', env: 'prod' },
    {
      catalogue: catalogueOf(['rms-auth']),
      targets: scriptedTargets({
        'rms-auth@prod': releases ? { releases: { history: async () => releases } } : {},
      }),
      clock: stillClock(now),
    },
  );

test('tells which release runs and which one a rollback would go to', async () => {
  const { parts } = await run([
    release('1.5.0', { verified: false, current: true, at: now - hour }),
    release('1.4.9', { verified: false }),
    release('1.4.2', { at: null }),
    release('1.4.1'),
  ]);
  expect(parts).toEqual([
    { kind: 'text', text: '1.5.0 is the current one. A rollback would go to 1.4.2.' },
    {
      kind: 'facts',
      facts: [
        { name: '1.5.0', value: 'current, not verified, 2026-11-21 11:00 UTC (1 h ago)' },
        { name: '1.4.9', value: 'not verified, 2026-11-21 09:00 UTC (3 h ago)' },
        { name: '1.4.2', value: 'verified, rollback candidate, of unknown date' },
        { name: '1.4.1', value: 'verified, 2026-11-21 09:00 UTC (3 h ago)' },
      ],
    },
  ]);
});

test.each([
  [[release('2', { current: true })], '2 is the current one. There is nothing to roll back to'],
  [[release('2')], 'None of them is the current one. A rollback would go to 2.'],
  [[], 'There are no releases yet.'],
])('%j is told as it is', async (releases, text) => {
  const { parts } = await run(releases);
  expect(parts[0]).toMatchObject({ kind: 'text', text: expect.stringContaining(text) });
});

test('one that was itself rolled back says so and is nothing to go back to', async () => {
  const { parts } = await run([
    release('1.6.0', { current: true }),
    release('1.5.0', { leftFor: '1.4.2' }),
    release('1.4.2', { leftFor: '1.6.0' }),
  ]);
  expect(parts).toMatchObject([
    { text: '1.6.0 is the current one. A rollback would go to 1.4.2.' },
    {
      facts: [
        { value: expect.stringMatching(/^current/) },
        { value: expect.stringMatching(/^verified, rolled back to 1\.4\.2, 2026/) },
        { value: expect.stringMatching(/^verified, rollback candidate/) },
      ],
    },
  ]);
});

test('shows as many as asked, and says how many more there are', async () => {
  const many = Array.from({ length: 12 }, (_, index) => release(`1.${12 - index}`));
  const { parts } = await run(many, 5);
  expect(parts[1]).toMatchObject({ facts: { length: 5 } });
  expect(parts[2]).toEqual({ kind: 'text', text: 'And 7 older ones.' });
});

test('a service whose releases nobody knows is said to be one', async () => {
  const { parts } = await run(null);
  expect(parts).toEqual([{ kind: 'text', text: 'No driver of this service knows its releases.' }]);
});

test('the candidate is verified, never current, older than the current one, and the newest of those', () => {
  const some = fc.array(fc.record({ current: fc.boolean(), verified: fc.boolean() }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(some, (marks) => {
      const first = marks.findIndex(({ current }) => current);
      const releases = marks.map(({ verified }, index) =>
        release(`r${index}`, { verified, current: index === first }),
      );
      const candidate = candidateOf(releases);
      const fit = releases.filter(({ verified }, index) => verified && index > first);
      expect(candidate).toBe(fit[0] ?? null);
    }),
  );
});
